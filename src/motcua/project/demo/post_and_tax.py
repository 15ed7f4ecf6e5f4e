"""The post office and the tax office of the demo province, and land dossiers in every stage of that way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts
from motcua.dossiers.rules.flow import is_assigning
from motcua.dossiers.terms import Channel, ResultChannel, Source
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError
from motcua.land.actions.answer_sheet import answer_sheet
from motcua.land.actions.pay_tax import collect_tax
from motcua.land.actions.record_parcel import record_parcel
from motcua.land.actions.send_sheet import send_sheet
from motcua.land.rules.notices import NoticeFacts
from motcua.postal.actions.money import Payer
from motcua.postal.actions.sheets import make_sheet, take_over_sheet
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.models import PostalOrder
from motcua.postal.terms import SheetKind
from motcua.procedures.models import Offering
from motcua.project.demo.cast import Cast, invented_party, party_of
from motcua.project.demo.offerings import definitions
from motcua.project.demo.units import POST_OFFICE, TAX_OFFICE

_CODE = "1.013831"
_STAGES = 8
_WANTED = {"wanted": ["income", "registration"], "house_kind": "Nhà ở riêng lẻ", "floors": "2"}


@dataclass(frozen=True, slots=True)
class _Players:
    postman: Actor
    taxman: Actor
    office: Unit
    tax_office: Unit


def tell_land_dossiers(*, at: datetime) -> int:
    """Make the land dossiers that are not there yet, one in each stage of the way; return how many were made.

    With the post office; at the desk; being worked on; waiting for the tax office (two); noticed; paid in part; paid.
    """
    offering = Offering.objects.filter(procedure__code=_CODE, valid_to__isnull=True).first()
    if offering is None or PostalOrder.objects.exists():
        return 0
    cast = Cast(at.astimezone(VIET_NAM).date())
    players = _players(cast)
    made = 0
    for stage in range(_STAGES):
        try:
            _tell(stage, cast, players, offering, at - timedelta(hours=3))
        except MotCuaError:
            continue
        made += 1
    return made


def _players(cast: Cast) -> _Players:
    ids = dict(Account.objects.filter(username__in=["buudien", "thue"]).values_list("username", "pk"))
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=[POST_OFFICE, TAX_OFFICE])}
    return _Players(cast.actor(ids["buudien"]), cast.actor(ids["thue"]), units[POST_OFFICE], units[TAX_OFFICE])


def _tell(stage: int, cast: Cast, players: _Players, offering: Offering, at: datetime) -> None:
    random = Random(f"land:{stage}")  # noqa: S311 (invented, no secret)
    dossier = _taken_in(stage, cast, players, offering, at)
    if stage == 0:
        return
    order = PostalOrder.objects.get(dossier=dossier)
    clerk = cast.officer(dossier.desk_id, Right.RECEIVE, random)
    sheet = make_sheet(
        actor=players.postman,
        kind=SheetKind.TO_CENTRE,
        from_unit_id=players.office.pk,
        to_unit_id=dossier.desk_id,
        order_ids=[order.pk],
        at=at,
    )
    if stage == 1:
        return
    take_over_sheet(actor=clerk, sheet_id=sheet.pk, missing={}, at=at)
    receive_dossier(actor=clerk, dossier_id=dossier.pk, at=at)
    forward_dossier(actor=clerk, dossier_id=dossier.pk, at=at)
    handler = _assigned(dossier.pk, cast, random, at)
    _at_the_tax_office(stage, dossier.pk, handler, players, at, random)


def _taken_in(stage: int, cast: Cast, players: _Players, offering: Offering, at: datetime) -> Dossier:
    random = Random(f"land:{stage}:owner")  # noqa: S311 (invented, no secret)
    definition = next(one for one in definitions() if one.code == _CODE)
    owner = party_of(cast.citizens[0]) if stage in {0, 5} else invented_party(random)
    papers = ("don", "giay-chung-nhan", "hop-dong", "thue")
    application = Application(
        procedure_code=_CODE,
        agency_id=offering.agency_id,
        case_key=definition.cases[0].key,
        channel=Channel.POST,
        source=Source.POST_OFFICE,
        owner=owner,
        submitter=invented_party(random),
        components=tuple(ComponentFacts(key, originals=1) for key in papers),
        result_channel=ResultChannel.POST,
        result_place=owner.address,
        confirmed_duplicate=True,
    )
    return take_in_at_post(actor=players.postman, office_id=players.office.pk, application=application, at=at)


def _assigned(dossier_id: int, cast: Cast, random: Random, at: datetime) -> Actor:
    dossier = Dossier.objects.select_related("version").get(pk=dossier_id)
    if is_assigning(dossier.definition, dossier.step):
        leader = cast.officer(dossier.unit_id, Right.LEAD_DIVISION, random)
        handler = cast.officer(dossier.handling_unit_id, Right.HANDLE, random)
        assign_dossier(actor=leader, dossier_id=dossier_id, at=at, to_account_id=handler.known_id)
        return handler
    return cast.officer(dossier.handling_unit_id, Right.HANDLE, random)


def _at_the_tax_office(
    stage: int, dossier_id: int, handler: Actor, players: _Players, at: datetime, random: Random
) -> None:
    parcel = {
        "map_sheet": str(random.randint(1, 60)),
        "parcel": str(random.randint(1, 400)),
        "parcel_address": f"Tổ {random.randint(1, 20)}, khu {random.randint(1, 9)}, phường Hồng Gai",
        "area": f"{random.randint(60, 200)},5",
        "purposes": ["ODT"],
        "term": "Lâu dài",
        "use_form": "own",
        "serial": f"AA {random.randint(100000, 999999):08d}",
    }
    record_parcel(actor=handler, dossier_id=dossier_id, typed=parcel, at=at)
    if stage == 2:  # noqa: PLR2004 (its own stage)
        return
    price = random.randint(8, 40) * 100_000_000
    facts = {**_WANTED, "transfer_price": str(price)}
    sheet = send_sheet(actor=handler, dossier_id=dossier_id, tax_unit_id=players.tax_office.pk, typed=facts, at=at)
    if stage in {3, 4}:
        return
    today = at.astimezone(VIET_NAM).date()
    until = today + timedelta(days=30)
    number = f"{120 + stage}/TB-TCS1"
    notices = [
        NoticeFacts(number, today, "1006", price * 2 // 100, until),
        NoticeFacts(number, today, "2801", price // 200, until),
    ]
    answer_sheet(actor=players.taxman, sheet_id=sheet.pk, notices=notices, at=at)
    for notice in sheet.notices.order_by("pk")[: stage - 5]:
        owner = notice.dossier.owner
        collect_tax(
            actor=players.postman,
            office_id=players.office.pk,
            notice_id=notice.pk,
            amount=notice.amount,
            payer=Payer(owner.name, owner.personal_id),
            at=at,
        )
