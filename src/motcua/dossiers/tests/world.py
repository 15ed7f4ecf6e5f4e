"""A small province for tests: one ward with its desk and divisions, its people, one procedure in three shapes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from motcua.agencies.actions import add_post, create_unit
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.procedures.actions import import_definition, offer
from motcua.procedures.terms import Definition

SINCE = date(2025, 7, 1)
LAID = datetime(2025, 7, 1, 7, 0, tzinfo=VIET_NAM)
CODE = "1.001193"


def moment(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """Return a moment of 2026 in Vietnam; March 2026 begins on a Sunday."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIET_NAM)


MONDAY = moment(2, 9, 15)

STEPS: list[dict[str, Any]] = [
    {"key": "receive", "name": "Tiếp nhận", "right": "receive", "at": "desk", "forward": ["assign"],
     "term": {"amount": 4, "unit": "working_hour"}},
    {"key": "assign", "name": "Phân công", "right": "lead_division", "at": "handling", "forward": ["appraise"],
     "back": ["receive"], "term": {"amount": 4, "unit": "working_hour"}},
    {"key": "appraise", "name": "Thẩm định", "right": "handle", "at": "handling", "forward": ["review"],
     "back": ["receive"], "term": {"amount": 1, "unit": "working_day"}},
    {"key": "review", "name": "Soát xét", "right": "lead_division", "at": "handling", "forward": ["approve"],
     "back": ["appraise"]},
    {"key": "approve", "name": "Phê duyệt", "right": "lead_agency", "at": "agency", "forward": ["seal"],
     "back": ["appraise"]},
    {"key": "seal", "name": "Đóng dấu", "right": "seal", "at": "agency", "forward": ["deliver"]},
    {"key": "deliver", "name": "Trả kết quả", "right": "receive", "at": "desk"},
]  # fmt: skip


def definition(**changes: Any) -> Definition:
    """Return a procedure of 3 working days with one required and one optional paper."""
    content: dict[str, Any] = {
        "code": CODE,
        "name": "Đăng ký khai sinh",
        "domain": {"code": "HT", "name": "Hộ tịch"},
        "level": "commune",
        "service_level": "full",
        "cases": [
            {
                "key": "default",
                "name": "Thông thường",
                "terms": {"any": {"amount": 3, "unit": "working_day"}},
                "fees": [{"name": "Lệ phí", "kind": "charge", "amount": 8000, "unverified": True}],
            }
        ],
        "components": [
            {"key": "to-khai", "name": "Tờ khai", "originals": 1},
            {"key": "anh", "name": "Ảnh", "originals": 0, "copies": 1, "required": False},
        ],
        "results": [{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}],
        "legal_basis": [{"number": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "steps": STEPS,
    }
    return Definition.model_validate(content | changes)


OWNER = PartyFacts(name="Nguyễn Thị Hoà", personal_id="022190001234", phone="0912345678", address="Tổ 1, khu 2")
SUBMITTER = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321", email="binh@example.vn")

CUC = PartyFacts(
    name="Lê Thị Cúc", personal_id="022190005678", phone="0912345678", email="cuc@example.vn", address="Tổ 1, khu 2"
)


@dataclass
class World:
    """Units and people of the ward, made once a test."""

    definition: Definition

    def build(self) -> "World":
        """Write the units, the people and the procedure."""
        for name in ("province", "ward", "desk", "division", "second_division", "clerk", "citizen", "other_ward"):
            getattr(self, name)
        import_definition(actor=SYSTEM, definition=self.definition, at=LAID, valid_from=SINCE)
        offer(
            actor=SYSTEM,
            code=self.definition.code,
            agency_id=self.ward.pk,
            handling_unit_id=self.division.pk,
            at=LAID,
            valid_from=SINCE,
        )
        return self

    @cached_property
    def province(self) -> Unit:
        return self._unit("UBND tỉnh Quảng Ninh", "province", None, agency_code="H49")

    @cached_property
    def ward(self) -> Unit:
        return self._unit(
            "UBND phường Hồng Gai", "commune", self.province, agency_code="H49.61", short_name="phường Hồng Gai"
        )

    @cached_property
    def other_ward(self) -> Unit:
        return self._unit("UBND phường Bãi Cháy", "commune", self.province, agency_code="H49.62")

    @cached_property
    def desk(self) -> Unit:
        return self._unit("Trung tâm Phục vụ hành chính công phường Hồng Gai", "centre", self.ward, is_desk=True)

    @cached_property
    def division(self) -> Unit:
        return self._unit("Phòng Văn hóa – Xã hội phường Hồng Gai", "division", self.ward)

    @cached_property
    def second_division(self) -> Unit:
        division = self._unit("Phòng Kinh tế phường Hồng Gai", "division", self.ward)
        self.officer("chuyen-vien-kt", division, "Chuyên viên kinh tế", Right.HANDLE)
        return division

    @cached_property
    def clerk(self) -> Actor:
        return self.officer("tiep-nhan", self.desk, "Công chức tiếp nhận", Right.RECEIVE)

    @cached_property
    def second_clerk(self) -> Actor:
        return self.officer("tiep-nhan-2", self.desk, "Công chức tiếp nhận", Right.RECEIVE)

    @cached_property
    def specialist(self) -> Actor:
        return self.officer("chuyen-vien", self.division, "Chuyên viên", Right.HANDLE)

    @cached_property
    def second_specialist(self) -> Actor:
        return self.officer("chuyen-vien-2", self.division, "Chuyên viên", Right.HANDLE)

    @cached_property
    def head(self) -> Actor:
        return self.officer("truong-phong", self.division, "Trưởng phòng", Right.LEAD_DIVISION)

    @cached_property
    def chair(self) -> Actor:
        return self.officer("chu-tich", self.ward, "Chủ tịch", Right.LEAD_AGENCY)

    @cached_property
    def sealer(self) -> Actor:
        return self.officer("van-thu", self.ward, "Văn thư", Right.SEAL)

    @cached_property
    def overseer(self) -> Actor:
        return self.officer("giam-sat", self.province, "Thanh tra", Right.OVERSEE)

    @cached_property
    def admin(self) -> Actor:
        return self.officer("quan-tri", self.province, "Quản trị", Right.ADMIN)

    @cached_property
    def stranger(self) -> Actor:
        """An officer of another ward with every working right there."""
        rights = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
        return self.officer("nguoi-la", self.other_ward, "Công chức", *rights)

    @cached_property
    def citizen(self) -> Actor:
        return self.person("cong-dan", "Trần Văn Bình")

    @cached_property
    def other_citizen(self) -> Actor:
        return self.person("cong-dan-2", "Lê Thị Cúc")

    def officer(self, username: str, unit: Unit, title: str, *rights: Right) -> Actor:
        """Make an officer with one post."""
        account = Account.objects.create(username=username, full_name=f"Cán bộ {username}", kind="officer")
        post = add_post(actor=SYSTEM, unit_id=unit.pk, title=title, rights=rights, on=SINCE, at=LAID)
        Posting.objects.create(account=account, post=post, valid_from=SINCE)
        return actor_of(account, MONDAY.date())

    def person(self, username: str, name: str) -> Actor:
        """Make a citizen's account."""
        account = Account.objects.create(username=username, full_name=name, kind="citizen", phone="0987654321")
        return actor_of(account, MONDAY.date())

    def application(self, **changes: Any) -> Application:
        """Return a complete application at the desk of the ward."""
        facts: dict[str, Any] = {
            "procedure_code": self.definition.code,
            "agency_id": self.ward.pk,
            "case_key": "default",
            "channel": Channel.IN_PERSON,
            "owner": OWNER,
            "components": (ComponentFacts("to-khai", originals=1),),
        }
        return Application(**facts | changes)

    def received(self, at: datetime = MONDAY, **changes: Any) -> Dossier:
        """Take a dossier in at the desk."""
        return take_in_dossier(actor=self.clerk, application=self.application(**changes), at=at)

    def _unit(self, name: str, kind: str, parent: Unit | None, **more: Any) -> Unit:
        return create_unit(
            actor=SYSTEM,
            at=LAID,
            name=name,
            kind=kind,
            valid_from=SINCE,
            parent_id=parent.pk if parent else None,
            **more,
        )


#: A small e-form: a condition, a table with a sum, a paper, a check across fields.
FORM: dict[str, Any] = {
    "title": "Tờ khai đăng ký khai sinh",
    "pages": [
        {
            "key": "tre",
            "title": "Trẻ được khai sinh",
            "fields": [
                {"key": "child_name", "kind": "name", "label": "Họ tên trẻ", "required": True},
                {"key": "born", "kind": "date", "label": "Ngày sinh", "required": True},
                {"key": "wedded", "kind": "yes_no", "label": "Cha mẹ có đăng ký kết hôn", "required": True},
            ],
        },
        {
            "key": "ket-hon",
            "title": "Giấy kết hôn",
            "when": "wedded",
            "fields": [{"key": "wedding_number", "kind": "text", "label": "Số giấy kết hôn", "required": True}],
        },
        {
            "key": "anh-chi",
            "title": "Anh chị em",
            "fields": [
                {
                    "key": "siblings",
                    "kind": "table",
                    "label": "Anh chị em ruột",
                    "columns": [
                        {"key": "name", "kind": "name", "label": "Họ tên", "required": True},
                        {"key": "age", "kind": "number", "label": "Tuổi", "minimum": 0},
                    ],
                },
                {"key": "sibling_count", "kind": "computed", "label": "Số anh chị em", "value": "count(siblings)"},
                {"key": "applicant_phone", "kind": "phone", "label": "Điện thoại", "prefill": ["account.phone"]},
            ],
        },
    ],
    "checks": [
        {"key": "not-future", "holds": "born <= today", "message": "Ngày sinh ở tương lai.", "field": "born"},
    ],
}
#: What answers it.
TYPED: dict[str, str] = {
    "child_name": "Nguyễn An Bình",
    "born": "01/03/2026",
    "wedded": "no",
    "siblings.0.name": "Nguyễn An Yên",
    "siblings.0.age": "4",
    "applicant_phone": "0912345678",
}


def definition_with_form(**changes: Any) -> Definition:
    """Return the procedure with its e-form."""
    return definition(form=FORM, **changes)
