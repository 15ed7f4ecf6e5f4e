"""Thành lập đơn vị."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from motcua.agencies.access import Administrator, lock_tree, require_admin
from motcua.agencies.directory import forget
from motcua.agencies.events import UnitCreated
from motcua.agencies.models import Territory, Unit, UnitSuccession
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.codes import parse_agency_code
from motcua.agencies.rules.slugs import slug_of
from motcua.agencies.rules.units import NewUnit, Place, Span, problems_before_creation
from motcua.agencies.terms import AGENCY_KINDS, UnitKind
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean, fold


@transaction.atomic
def create_unit(
    *,
    actor: Administrator,
    at: datetime,
    name: str,
    kind: str,
    valid_from: date,
    parent_id: int | None = None,
    slug: str = "",
    short_name: str = "",
    agency_code: str = "",
    code_is_provisional: bool = False,
    territory_code: str = "",
    address: str = "",
    phone: str = "",
    email: str = "",
    is_desk: bool = False,
    predecessor_ids: Sequence[int] = (),
) -> Unit:
    """Thành lập đơn vị: a unit begins to be on `valid_from`, below another or (a province) as a root.

    The agency code may be in either notation. Raises NotPermitted, NotFound, Invalid with every problem.
    """
    lock_tree()
    parent = _parent(parent_id)
    require_admin(actor, parent.path if parent else ())
    said = NewUnit(
        name=clean(name),
        short_name=clean(short_name),
        slug=slug or _free_slug(name),
        kind=kind,
        agency_code=agency_code.strip(),
        is_desk=is_desk,
        email=email.strip(),
        valid_from=valid_from,
        address=clean(address),
        phone=clean(phone),
        code_is_provisional=code_is_provisional,
    )
    territory = Territory.objects.filter(holds_on(valid_from), code=territory_code).first() if territory_code else None
    _refuse(said, parent, missing_territory=territory_code if territory_code and territory is None else "")
    unit = _insert(said, parent, territory)
    for predecessor_id in predecessor_ids:
        _succeed(predecessor_id, unit)
    forget()
    emit(UnitCreated(unit_id=unit.pk, valid_from=valid_from), at=at)
    record(actor, "unit.created", unit, at=at, data=_told(unit, predecessor_ids), is_new=True)
    return unit


def _parent(parent_id: int | None) -> Unit | None:
    if parent_id is None:
        return None
    parent = Unit.objects.filter(pk=parent_id).first()
    if parent is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị cấp trên này.", "parent"))
    return parent


def place_of(unit: Unit) -> Place:
    """The unit as what may stand above another."""
    return Place(UnitKind(unit.kind), Span(unit.valid_from, unit.valid_to), tuple(unit.path), unit.name)


def _free_slug(name: str) -> str:
    base = slug_of(name)
    taken = set(Unit.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _refuse(said: NewUnit, parent: Unit | None, *, missing_territory: str) -> None:
    problems = problems_before_creation(said, place_of(parent) if parent else None)
    if Unit.objects.filter(slug=said.slug).exists():
        problems.append(Problem("slug_taken", f"Mã đơn vị «{said.slug}» đã được dùng.", "slug"))
    if missing_territory:
        message = f"Không có đơn vị hành chính mang mã {missing_territory} vào ngày {said.valid_from:%d/%m/%Y}."
        problems.append(Problem("territory_unknown", message, "territory"))
    if problems:
        raise Invalid(problems)
    if said.agency_code:
        refuse_taken_code(str(parse_agency_code(said.agency_code)), said.valid_from)


def refuse_taken_code(code: str, since: date) -> None:
    """Raise RuleBroken when another unit carries the code on that day or later."""
    holder = Unit.objects.filter(agency_code=code).exclude(valid_to__lte=since).first()
    if holder is not None:
        message = f"Mã định danh {code} đang được «{holder.name}» sử dụng."
        raise RuleBroken(Problem("agency_code_taken", message, "agency_code"))


def _insert(said: NewUnit, parent: Unit | None, territory: Territory | None) -> Unit:
    code = parse_agency_code(said.agency_code) if said.agency_code else None
    own_id = next_ids(1)[0]
    is_agency = said.kind in AGENCY_KINDS or parent is None
    return Unit.objects.create(
        pk=own_id,
        slug=said.slug,
        name=said.name,
        short_name=said.short_name,
        name_fold=fold(said.name),
        kind=said.kind,
        parent=parent,
        agency_id=own_id if is_agency or parent is None else parent.agency_id,
        agency_code=str(code) if code else "",
        legacy_code=code.legacy if code else "",
        code_is_provisional=said.code_is_provisional and code is not None,
        territory=territory,
        address=said.address,
        phone=said.phone,
        email=said.email,
        is_desk=said.is_desk,
        valid_from=said.valid_from,
        path=[*(parent.path if parent else []), own_id],
    )


def next_ids(count: int) -> list[int]:
    """Ids for new units, known before they are written: a unit's path and agency hold its own id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('agencies_unit', 'id')) FROM generate_series(1, %s::int)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _succeed(predecessor_id: int, unit: Unit) -> None:
    if not Unit.objects.filter(pk=predecessor_id).exists():
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị tiền thân.", "predecessor"))
    UnitSuccession.objects.create(predecessor_id=predecessor_id, successor=unit)


def _told(unit: Unit, predecessor_ids: Sequence[int]) -> dict[str, object]:
    told: dict[str, object] = {
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent_id,
        "agency_code": unit.agency_code,
        "valid_from": unit.valid_from.isoformat(),
    }
    return told | ({"predecessors": list(predecessor_ids)} if predecessor_ids else {})
