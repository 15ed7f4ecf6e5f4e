"""Trả kết quả."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.issue_paper import issue_handover_note
from motcua.dossiers.events import ResultDelivered
from motcua.dossiers.models import Delivery, Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import COLLECTORS, Act, Collector, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import personal_id_problems, phone_problems, tidy_number, tidy_phone
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Collection:
    """Who stands at the desk to collect; empty fields of the owner or submitter are filled from the dossier."""

    collector: Collector
    name: str = ""
    personal_id: str = ""
    phone: str = ""
    proxy_paper: str = ""
    signed_by_hand: bool = False
    note: str = ""


@transaction.atomic
def deliver_result(
    *, actor: Actor, dossier_id: int, at: datetime, collection: Collection, revision: int | None = None
) -> Dossier:
    """Trả kết quả: the desk hands the result over against identity and signature; the dossier ends.

    Raises Invalid when a proxy shows no written authority or nobody is named.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.DELIVER, at=at, revision=revision)
    collection = _filled(dossier, collection)
    if problems := _problems(collection):
        raise Invalid(problems)
    delivery = Delivery(
        dossier=dossier,
        collector=collection.collector,
        name=collection.name,
        personal_id=collection.personal_id,
        phone=collection.phone,
        proxy_paper=collection.proxy_paper,
        signed_by_hand=collection.signed_by_hand,
        delivered_at=at,
        delivered_by_id=actor.account_id,
        note=collection.note,
    )
    insert(delivery)
    advance(dossier, actor=actor, act=Act.DELIVER, at=at, status=Status.DELIVERED, note=collection.note)
    issue_handover_note(actor, dossier, dossier.result, delivery, at=at)
    emit(ResultDelivered(dossier_id=dossier.pk, code=dossier.code), at=at)
    data = {"code": dossier.code, "collector": collection.collector, "name": collection.name}
    record(actor, "dossier.result_delivered", dossier, at=at, data=data)
    return dossier


def _filled(dossier: Dossier, collection: Collection) -> Collection:
    party = {Collector.OWNER: dossier.owner, Collector.SUBMITTER: dossier.submitter}.get(collection.collector)
    typed = replace(
        collection,
        name=clean(collection.name),
        personal_id=tidy_number(clean(collection.personal_id)).upper(),
        phone=tidy_phone(clean(collection.phone)),
        proxy_paper=clean(collection.proxy_paper),
        note=clean(collection.note, keep_lines=True),
    )
    if party is None:
        return typed
    return replace(
        typed,
        name=typed.name or party.name,
        personal_id=typed.personal_id or party.personal_id,
        phone=typed.phone or party.phone,
    )


def _problems(collection: Collection) -> list[Problem]:
    problems = personal_id_problems(collection.personal_id) + phone_problems(collection.phone)
    for field in ("name", "proxy_paper", "note"):
        problems += note_problems(getattr(collection, field), field=field)
    if collection.collector not in COLLECTORS:
        problems.append(Problem("unknown_choice", "Không trả kết quả cho người nhận như vậy.", "collector"))
    if not collection.name:
        problems.append(Problem("required", "Chưa có họ tên người nhận kết quả.", "name"))
    if collection.collector == Collector.PROXY:
        if not collection.personal_id:
            problems.append(Problem("required", "Chưa có số định danh của người nhận thay.", "personal_id"))
        if not collection.proxy_paper:
            message = "Người nhận thay phải có văn bản ủy quyền; hãy ghi số, ngày của văn bản."
            problems.append(Problem("proxy_paper", message, "proxy_paper"))
    return problems
