"""Đặt tên đơn vị đầu tiên của hệ thống."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator, lock_unit
from motcua.agencies.actions.create_unit import refuse_taken_code
from motcua.agencies.directory import forget
from motcua.agencies.events import UnitRenamed
from motcua.agencies.models import Territory, Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.codes import code_problems, parse_agency_code
from motcua.agencies.rules.slugs import slug_of
from motcua.agencies.rules.units import name_problems
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean, fold

#: The code an installation gives its first unit until somebody says what it is called.
UNNAMED_CODE = "H00"


@transaction.atomic
def name_first_unit(
    *,
    actor: Administrator,
    unit_id: int,
    name: str,
    agency_code: str,
    code_is_provisional: bool,
    since: date,
    at: datetime,
    short_name: str = "",
    territory_code: str = "",
) -> Unit:
    """Đặt tên đơn vị đầu tiên: the root that the installation made without a name gets its facts, once.

    It was never called otherwise, so no earlier name is kept; `since` may lie before the day of installation. Raises
    NotFound, NotPermitted, RuleBroken when it has been named, Invalid with every problem.
    """
    unit = lock_unit(actor, unit_id)
    if unit.parent_id is not None or unit.agency_code != UNNAMED_CODE or not unit.code_is_provisional:
        message = "Đơn vị này đã được đặt tên; hãy dùng «Đổi tên» và «Mã định danh» ở trang của đơn vị."
        raise RuleBroken(Problem("unit_named_already", message))
    territory = Territory.objects.filter(holds_on(since), code=territory_code).first() if territory_code else None
    problems = name_problems(clean(name), clean(short_name)) + code_problems(agency_code)
    if territory_code and territory is None:
        message = f"Không có đơn vị hành chính mang mã {territory_code} vào ngày {since:%d/%m/%Y}."
        problems.append(Problem("territory_unknown", message, "territory"))
    if since > unit.valid_from:
        message = f"Ngày bắt đầu không được sau ngày cài đặt {unit.valid_from:%d/%m/%Y}."
        problems.append(Problem("first_unit_later", message, "since"))
    if problems:
        raise Invalid(problems)
    code = parse_agency_code(agency_code)
    if str(code) != unit.agency_code:
        refuse_taken_code(str(code), since)
    unit.name, unit.short_name, unit.name_fold = clean(name), clean(short_name), fold(name)
    unit.agency_code, unit.legacy_code, unit.code_is_provisional = str(code), code.legacy, code_is_provisional
    unit.territory, unit.valid_from = territory, since
    if not Unit.objects.filter(slug=slug_of(name)).exists():
        unit.slug = slug_of(name)
    unit.save()
    forget()
    emit(UnitRenamed(unit_id=unit.pk, on=since), at=at)
    told = {"to": unit.name, "agency_code": unit.agency_code, "since": since.isoformat()}
    record(actor, "unit.first_named", unit, at=at, data=told)
    return unit
