"""A small province: wards with desk and division, somebody for every right, one procedure with three papers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from benchmarks.people import CODE
from motcua.agencies.actions import add_post, create_unit
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.actions.issue_token import issue_token
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.procedures.actions import import_definition, offer
from motcua.procedures.terms import Definition

SINCE = date(2025, 7, 1)
LAID = datetime(2025, 7, 1, 7, 0, tzinfo=VIET_NAM)
_TITLES = {
    Right.RECEIVE: "Công chức tiếp nhận",
    Right.HANDLE: "Chuyên viên",
    Right.LEAD_DIVISION: "Trưởng phòng",
    Right.LEAD_AGENCY: "Chủ tịch",
    Right.SEAL: "Văn thư",
}


@dataclass(frozen=True)
class Ward:
    """One agency: ids of its units, its people by what they may do, the key of the clerk's program."""

    agency: Unit
    desk: Unit
    division: Unit
    people: dict[Right, Actor]
    token: str


def _step(key: str, name: str, right: str, at: str, forward: list[str], back: list[str]) -> dict[str, Any]:
    term = {"amount": 4, "unit": "working_hour"}
    return {"key": key, "name": name, "right": right, "at": at, "forward": forward, "back": back, "term": term}


def definition() -> Definition:
    """Return a procedure as communes have them: seven steps, three papers, a fee."""
    term = {"amount": 3, "unit": "working_day"}
    fee = {"name": "Lệ phí", "kind": "charge", "amount": 0}
    steps = [
        _step("receive", "Tiếp nhận", "receive", "desk", ["assign"], []),
        _step("assign", "Phân công", "lead_division", "handling", ["appraise"], ["receive"]),
        _step("appraise", "Thẩm định", "handle", "handling", ["review"], ["receive"]),
        _step("review", "Soát xét", "lead_division", "handling", ["approve"], ["appraise"]),
        _step("approve", "Phê duyệt", "lead_agency", "agency", ["seal"], ["appraise"]),
        _step("seal", "Đóng dấu", "seal", "agency", ["deliver"], []),
        _step("deliver", "Trả kết quả", "receive", "desk", [], []),
    ]
    return Definition.model_validate(
        {
            "code": CODE,
            "name": "Đăng ký khai sinh",
            "domain": {"code": "HT", "name": "Hộ tịch"},
            "level": "commune",
            "service_level": "full",
            "cases": [{"key": "default", "name": "Thông thường", "terms": {"any": term}, "fees": [fee]}],
            "components": [
                {"key": "to-khai", "name": "Tờ khai đăng ký khai sinh", "originals": 1},
                {"key": "giay-chung-sinh", "name": "Giấy chứng sinh", "originals": 1},
                {"key": "can-cuoc", "name": "Bản sao căn cước của cha, mẹ", "copies": 1},
            ],
            "results": [{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}],
            "legal_basis": [{"number": "60/2014/QH13", "name": "Luật Hộ tịch"}],
            "steps": steps,
        }
    )


def build(wards: int, *, at: datetime) -> list[Ward]:
    """Make the province by the acts of its rooms, unless it is there; returns its wards."""
    if Unit.objects.filter(agency_code="H49").exists():
        return [_ward_again(number, at) for number in range(1, wards + 1)]
    province = _unit("UBND tỉnh Quảng Ninh", "province", None, agency_code="H49")
    import_definition(actor=SYSTEM, definition=definition(), at=LAID, valid_from=SINCE)
    return [_ward(province, number, at) for number in range(1, wards + 1)]


def _ward(province: Unit, number: int, at: datetime) -> Ward:
    name = f"phường Thứ {number}"
    agency = _unit(f"UBND {name}", "commune", province, agency_code=f"H49.{100 + number}", short_name=name)
    desk = _unit(f"Trung tâm Phục vụ hành chính công {name}", "centre", agency, is_desk=True)
    division = _unit(f"Phòng Văn hóa – Xã hội {name}", "division", agency)
    units = {Right.RECEIVE: desk, Right.HANDLE: division, Right.LEAD_DIVISION: division}
    people = {right: _officer(number, units.get(right, agency), right) for right in _TITLES}
    offer(actor=SYSTEM, code=CODE, agency_id=agency.pk, handling_unit_id=division.pk, at=LAID, valid_from=SINCE)
    clerk = people[Right.RECEIVE]
    token = issue_token(actor=clerk, account_id=clerk.known_id, name="benchmark", at=at)
    return Ward(agency, desk, division, people, token)


def _ward_again(number: int, at: datetime) -> Ward:
    agency = Unit.objects.get(agency_code=f"H49.{100 + number}")
    desk = Unit.objects.get(parent=agency, is_desk=True)
    division = Unit.objects.get(parent=agency, is_desk=False)
    found = Account.objects.filter(username__endswith=f"-{number}", kind="officer")
    by_name = {one.username: actor_of(one, SINCE) for one in found}
    people = {right: by_name[f"{right.value}-{number}"] for right in _TITLES}
    clerk = people[Right.RECEIVE]
    token = issue_token(actor=clerk, account_id=clerk.known_id, name="benchmark", at=at)
    return Ward(agency, desk, division, people, token)


def _officer(number: int, unit: Unit, right: Right) -> Actor:
    username, title = f"{right.value}-{number}", _TITLES[right]
    name = f"{title} Thứ {number}"
    account = Account.objects.create(username=username, full_name=name, kind="officer", created_at=LAID)
    post = add_post(actor=SYSTEM, unit_id=unit.pk, title=title, rights=(right,), on=SINCE, at=LAID)
    Posting.objects.create(account=account, post=post, valid_from=SINCE)
    return actor_of(account, SINCE)


def _unit(name: str, kind: str, parent: Unit | None, **more: Any) -> Unit:
    above = parent.pk if parent else None
    return create_unit(actor=SYSTEM, at=LAID, name=name, kind=kind, valid_from=SINCE, parent_id=above, **more)
