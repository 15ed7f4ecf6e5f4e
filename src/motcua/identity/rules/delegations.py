"""What may be delegated to whom (Nghị định 30/2020/NĐ-CP, Điều 13; Luật Tổ chức chính quyền địa phương 72/2025/QH15).

KT.: a deputy signs for the head of the same unit. TL.: the head of a unit inside the agency signs by order. TUQ.: the
head of a unit of the agency signs by authority given in writing, for a time and for named matters, and does not give it
on. Phân cấp: an agency gives its powers to a unit below. (Absence: see `leaves`.)
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.agencies.terms import Right
from motcua.identity.terms import EVERYTHING, SIGNING_MARKS, DelegationKind, Scope
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

#: A clock, or a form that lay open a while, may be a little behind.
_SLACK = timedelta(minutes=15)
_DECREE = "Nghị định 30/2020/NĐ-CP, Điều 13"
_LEADING = frozenset({Right.LEAD_DIVISION, Right.LEAD_AGENCY})
_WORKING = frozenset(Right) - {Right.ADMIN, Right.OVERSEE}
_LONGEST_REASON = 1000
_LONGEST_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when, the end itself not included; no end = until revoked."""

    starts: datetime
    ends: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.starts <= moment and (self.ends is None or moment < self.ends)

    def overlaps(self, other: "Validity") -> bool:
        """Whether there is a moment inside both."""
        return (other.ends is None or self.starts < other.ends) and (self.ends is None or other.starts < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What is to be given, as typed."""

    kind: DelegationKind
    rights: frozenset[str]
    validity: Validity
    scope: Scope = EVERYTHING
    basis_number: str = ""
    basis_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who gives. `own`: the rights of the post (or agency); `borrowed`: those they only have by delegation.

    `path`: of the unit whose rights they are. `account_ids`: who holds the post now.
    """

    own: frozenset[str]
    borrowed: frozenset[str] = frozenset()
    path: tuple[int, ...]
    is_agency: bool = False
    account_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who gets it: the posts that they hold (id of unit, path, rights), and the accounts behind them."""

    posts: tuple[tuple[int, tuple[int, ...], frozenset[str]], ...]
    account_ids: frozenset[int] = frozenset()
    is_active: bool = True


def problems_of_grant(grant: Grant, giver: Giver, receiver: Receiver, *, at: datetime) -> list[Problem]:
    """Return every reason why this may not be given by this giver to this receiver."""
    return [
        *_of_rights(grant, giver),
        *problems_of_validity(grant.validity, at=at),
        *_of_receiver(giver, receiver),
        *_of_kind(grant, giver, receiver),
        *_of_basis(grant, at=at),
    ]


def problems_of_validity(validity: Validity, *, at: datetime) -> list[Problem]:
    """Return what is wrong with the moments: in the past, or the end before the beginning."""
    problems = []
    if validity.starts < at - _SLACK:
        problems.append(Problem("starts_in_past", "Thời điểm bắt đầu đã qua; không ghi lùi ngày.", "starts_at"))
    if validity.ends is not None and validity.ends <= validity.starts:
        problems.append(Problem("ends_before_start", "Thời điểm kết thúc phải sau thời điểm bắt đầu.", "ends_at"))
    elif validity.ends is not None and validity.ends <= at:
        problems.append(Problem("ends_in_past", "Thời điểm kết thúc đã qua.", "ends_at"))
    return problems


def _of_rights(grant: Grant, giver: Giver) -> list[Problem]:
    problems = []
    if not grant.rights:
        problems.append(Problem("no_rights", "Chưa chọn quyền nào để giao.", "rights"))
    if never := sorted(grant.rights - _WORKING):
        message = f"Quyền «{_labels(never)}» không được ủy quyền; hãy bố trí vị trí việc làm."
        problems.append(Problem("right_not_delegable", message, "rights"))
    missing = (grant.rights & _WORKING) - giver.own
    if passed_on := sorted(missing & giver.borrowed):
        message = (
            f"Quyền «{_labels(passed_on)}» người giao chỉ được người khác giao cho; người được ủy quyền không được "
            "ủy quyền lại cho người khác."
        )
        problems.append(Problem("delegated_only", message, "rights", _DECREE))
    if lacking := sorted(missing - giver.borrowed):
        message = f"Người giao không có quyền «{_labels(lacking)}» ở vị trí này nên không giao được."
        problems.append(Problem("right_not_owned", message, "rights"))
    return problems


def _of_receiver(giver: Giver, receiver: Receiver) -> list[Problem]:
    if not receiver.is_active:
        return [Problem("receiver_inactive", "Tài khoản của người nhận đã bị khóa.", "receiver")]
    if not receiver.posts:
        return [Problem("receiver_without_post", "Người nhận chưa giữ vị trí việc làm nào.", "receiver")]
    problems = []
    if giver.account_ids & receiver.account_ids:
        problems.append(Problem("to_oneself", "Người nhận phải là người khác.", "receiver"))
    if giver.path[:1] and all(path[:1] != giver.path[:1] for _, path, _ in receiver.posts):
        problems.append(Problem("other_province", "Người nhận làm việc ở tỉnh khác.", "receiver"))
    return problems


def _of_kind(grant: Grant, giver: Giver, receiver: Receiver) -> list[Problem]:
    problems = []
    if grant.kind == DelegationKind.LEAVE:
        return [Problem("declare_leave", "Vắng mặt thì dùng «Khai báo vắng mặt».", "kind")]
    if grant.kind in SIGNING_MARKS and grant.rights - _LEADING:
        message = f"{grant.kind.label} chỉ áp dụng cho quyền ký của lãnh đạo; việc khác hãy dùng «Phân cấp»."
        problems.append(Problem("not_for_signing", message, "rights", _DECREE))
    if not receiver.posts:
        return problems
    if not any(_fits(grant.kind, giver, post) for post in receiver.posts):
        problems.append(Problem("wrong_receiver", _WHO[grant.kind], "receiver", _DECREE))
    if giver.is_agency and grant.kind != DelegationKind.PHAN_CAP:
        message = "Cơ quan giao cho cấp dưới là «Phân cấp»; các hình thức khác do người giữ vị trí giao."
        problems.append(Problem("agency_only_assigns", message, "kind"))
    return problems


_WHO: Mapping[DelegationKind, str] = {
    DelegationKind.KT: "Chỉ cấp phó ở cùng đơn vị với người giao mới ký thay (KT.).",
    DelegationKind.TL: "Chỉ người đứng đầu đơn vị thuộc cơ quan mới ký thừa lệnh (TL.).",
    DelegationKind.TUQ: "Chỉ người đứng đầu đơn vị thuộc cơ quan mới ký thừa ủy quyền (TUQ.).",
    DelegationKind.PHAN_CAP: "Chỉ phân cấp cho đơn vị, vị trí thuộc đơn vị giao.",
}


def _fits(kind: DelegationKind, giver: Giver, post: tuple[int, tuple[int, ...], frozenset[str]]) -> bool:
    unit_id, path, rights = post
    unit = giver.path[-1]
    if kind == DelegationKind.KT:
        return unit_id == unit
    if kind in {DelegationKind.TL, DelegationKind.TUQ}:
        return unit in path and unit_id != unit and bool(rights & _LEADING)
    return unit in path


def _of_basis(grant: Grant, *, at: datetime) -> list[Problem]:
    problems = [
        *length_problems(grant.reason, longest=_LONGEST_REASON, label="Lý do", field="reason"),
        *length_problems(grant.basis_number, longest=_LONGEST_NUMBER, label="Số văn bản", field="basis_number"),
    ]
    if not grant.basis_number:
        message = "Chưa có số, ký hiệu của văn bản giao quyền."
        problems.append(Problem("required", message, "basis_number", _DECREE))
    if grant.basis_date is None:
        problems.append(Problem("required", "Chưa có ngày của văn bản giao quyền.", "basis_date", _DECREE))
    elif grant.basis_date > at.date() + timedelta(days=1):
        problems.append(Problem("basis_in_future", "Ngày của văn bản giao quyền ở tương lai.", "basis_date"))
    if grant.kind == DelegationKind.TUQ and grant.validity.ends is None:
        message = "Thừa ủy quyền phải có thời hạn; hãy ghi thời điểm kết thúc."
        problems.append(Problem("end_needed", message, "ends_at", _DECREE))
    if grant.kind == DelegationKind.TUQ and grant.scope.is_everything:
        message = "Thừa ủy quyền phải giới hạn nội dung; hãy chọn lĩnh vực hoặc thủ tục."
        problems.append(Problem("scope_needed", message, "domains", _DECREE))
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A delegation that is there already, as far as a new one may cross it."""

    text: str
    rights: frozenset[str]
    validity: Validity
    scope: Scope
    from_unit_id: int
    givers: frozenset[int]
    receivers: frozenset[int]
    is_leave: bool = False


def crosses(grant: Grant, other: Standing) -> bool:
    """Whether both give a right in common at a common moment for a common procedure.

    A domain and a procedure named by their codes may have something in common; only the catalogue knows, so they do.
    """
    return (
        bool(grant.rights & other.rights)
        and grant.validity.overlaps(other.validity)
        and _scopes_meet(grant.scope, other.scope)
    )


def _scopes_meet(one: Scope, other: Scope) -> bool:
    if one.is_everything or other.is_everything:
        return True
    if one.domains & other.domains or one.procedures & other.procedures:
        return True
    return bool((one.domains and other.procedures) or (one.procedures and other.domains))


def problems_of_overlap(
    grant: Grant, giver: Giver, receiver: Receiver, standing: Iterable[Standing], *, confirmed: bool
) -> list[Problem]:
    """Return what the new delegation would cross: the same again never; others with the same powers when confirmed."""
    problems, told = [], []
    for other in standing:
        if other.from_unit_id != giver.path[-1] or not crosses(grant, other):
            continue
        if other.receivers & receiver.account_ids:
            message = f"Người nhận đã được giao quyền này trong cùng thời gian và phạm vi: {other.text}."
            problems.append(Problem("overlap_same", message, "receiver"))
        else:
            told.append(other.text)
    if told and not confirmed and not problems:
        message = f"Quyền này trong cùng thời gian và phạm vi cũng đang được giao: {'; '.join(told)}."
        message += " Nếu vẫn muốn giao cho nhiều người, hãy xác nhận."
        problems.append(Problem("overlap", message, "confirmed_overlap"))
    return problems


def makes_circle(
    givers: Collection[int], receivers: Collection[int], edges: Iterable[tuple[Collection[int], Collection[int]]]
) -> bool:
    """Whether what is given would come back: from a receiver over the edges (giver → receiver) to a giver."""
    known = [(frozenset(tails), frozenset(heads)) for tails, heads in edges]
    reached, fresh = set(receivers), set(receivers)
    while fresh:
        fresh = {head for tails, heads in known if tails & fresh for head in heads} - reached
        reached |= fresh
    return bool(reached & set(givers))


def problems_of_circle(grant: Grant, giver: Giver, receiver: Receiver, standing: Iterable[Standing]) -> list[Problem]:
    """Return the problem when the powers would go round in a circle at some moment."""
    edges = [
        (other.givers, other.receivers)
        for other in standing
        if grant.rights & other.rights and grant.validity.overlaps(other.validity)
    ]
    if not makes_circle(giver.account_ids, receiver.account_ids, edges):
        return []
    message = "Người nhận cũng đang giao quyền này cho người giao trong cùng thời gian; không giao vòng tròn."
    return [Problem("circle", message, "receiver")]


def _labels(rights: Iterable[str]) -> str:
    return ", ".join(Right(right).label for right in rights if right in Right.values) or "không rõ"


def bare_title(title: str) -> str:
    """Return the title as it stands under a signature: without the name of the people's committee."""
    return title.removesuffix(" Ủy ban nhân dân").removesuffix(" UBND").strip()


def signing_lines(kind: DelegationKind | None, giver_title: str, own_title: str) -> list[str]:
    """Return what stands above a signature: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"; one's own title where one signs alone."""
    mark = SIGNING_MARKS.get(kind) if kind else None
    if mark is None:
        return [own_title] if own_title else []
    return [f"{mark} {bare_title(giver_title).upper()}", bare_title(own_title).upper()]
