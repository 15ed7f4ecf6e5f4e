"""Nhận hồ sơ của dân tại bưu điện."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.actions.opening import place_of
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application
from motcua.dossiers.terms import Channel, Source
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotPermitted, Problem
from motcua.postal.access import in_trust
from motcua.postal.actions.register import Contact, open_order
from motcua.postal.terms import Direction, OrderState


@transaction.atomic
def take_in_at_post(*, actor: Actor, office_id: int, application: Application, at: datetime) -> Dossier:
    """Nhận hồ sơ tại bưu điện: the post clerk hands a citizen's papers in; the desk's list shows it as waiting.

    The papers travel with the next sheet. Raises what `submit_dossier` raises; NotPermitted for a desk of another
    province; Invalid for another channel than the post.
    """
    if application.channel != Channel.POST or application.source != Source.POST_OFFICE:
        raise Invalid(Problem("not_by_post", "Bưu điện chỉ nhận hồ sơ nộp qua bưu chính.", "channel"))
    desk = place_of(application, at).desk
    if desk.path[0] != unit_by_id(office_id).path[0]:
        raise NotPermitted(Problem("other_province", f"{desk.name} không thuộc tỉnh của bưu điện này."))
    dossier = submit_dossier(actor=in_trust(actor, office_id, desk.id), application=application, at=at)
    contact = Contact(address=dossier.owner.address or dossier.result_place or unit_by_id(office_id).name)
    open_order(actor, dossier, Direction.PICK_UP, contact, at=at, office_id=office_id, state=OrderState.COLLECTING)
    return dossier
