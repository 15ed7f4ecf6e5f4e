"""Who may hand in for somebody else, on what proof, and how many one helper may have.

A parent or guardian acts by law for a child (Bộ luật Dân sự, Điều 136); an authorised person on a paper (Điều 562);
an officer who types for a citizen with the citizen's consent (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.dossiers.terms import Consent, PartyKind, Source
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

_CIVIL_CODE = "Bộ luật Dân sự 2015"
_DATA_LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
_GROWN_UP = 18
_LONGEST_RELATION = 300
_LONGEST_REASON = 1000
_MOST = 10_000
#: How somebody agrees to an officer's typing for them.
AGREEING = (Consent.SIGNED, Consent.SPOKEN, Consent.CODE)
#: Who hands in for many: counted and limited.
LIMITED = (Source.ASSISTED, Source.HIRED, Source.PROXY)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many one helper may hand in on a day, and have open at one time."""

    most_a_day: int
    most_open: int


#: Where nobody has set anything else: an officer at the helping counter, a hired business, somebody's proxy.
USUAL: Mapping[Source, Limit] = {
    Source.ASSISTED: Limit(60, 500),
    Source.HIRED: Limit(30, 200),
    Source.PROXY: Limit(5, 20),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """What is said of the helper: `papers` and `proofs` are numbers of files."""

    source: Source
    relation: str
    consent: Consent
    owner_kind: PartyKind
    owner_born: date | None
    papers: int
    proofs: int


def problems_of_helping(helping: Helping, *, today: date) -> list[Problem]:
    """Return what is lacking for handing in on behalf of the owner."""
    check = _CHECKS.get(helping.source)
    return [
        *(check(helping, today) if check else []),
        *length_problems(helping.relation, longest=_LONGEST_RELATION, label="Quan hệ", field="relation"),
    ]


def _of_parent(helping: Helping, today: date) -> list[Problem]:
    if helping.owner_kind != PartyKind.PERSON:
        message = "Cha, mẹ, người giám hộ chỉ nộp thay cho con, người được giám hộ."
        return [Problem("parent_of_organisation", message, "source")]
    problems = []
    if helping.owner_born is None:
        message = "Chưa có ngày sinh của người được nộp thay (phải dưới 18 tuổi)."
        problems.append(Problem("required", message, "owner.born", _CIVIL_CODE))
    elif is_grown_up(helping.owner_born, today) and not helping.papers:
        message = "Người này đã đủ 18 tuổi, phải tự nộp hoặc ủy quyền; người giám hộ thì đính kèm quyết định giám hộ."
        problems.append(Problem("grown_up", message, "owner.born", _CIVIL_CODE))
    if not helping.relation:
        message = "Chưa ghi quan hệ với người được nộp thay, ví dụ: mẹ đẻ, người giám hộ."
        problems.append(Problem("required", message, "relation", _CIVIL_CODE))
    return problems


def _of_proxy(helping: Helping, _today: date) -> list[Problem]:
    if helping.papers or helping.relation:
        return []
    message = "Chưa có văn bản ủy quyền: đính kèm bản quét, hoặc ghi số, ngày, nơi chứng thực."
    return [Problem("no_proxy_paper", message, "proxy_files", _CIVIL_CODE)]


def _of_assistant(helping: Helping, _today: date) -> list[Problem]:
    if helping.consent not in AGREEING:
        message = "Chưa ghi người dân đồng ý bằng cách nào để cán bộ nhập và nộp thay."
        return [Problem("no_consent", message, "consent", _DATA_LAW)]
    if helping.consent == Consent.SIGNED and not helping.proofs:
        message = "Đã chọn «Ký giấy đồng ý»; hãy đính kèm bản quét giấy đó."
        return [Problem("no_consent_paper", message, "consent_files", _DATA_LAW)]
    return []


_CHECKS = {Source.PARENT: _of_parent, Source.PROXY: _of_proxy, Source.ASSISTED: _of_assistant}


def is_grown_up(born: date, today: date) -> bool:
    """Whether somebody born then is eighteen on the day."""
    return (today.year - born.year, (today.month, today.day) >= (born.month, born.day)) >= (_GROWN_UP, True)


def consent_of(source: Source, consent: Consent) -> Consent:
    """Return how the owner agreed: children by law, those helped as typed, all others by coming or by their paper."""
    if source in {Source.PARENT, Source.REPRESENTATIVE}:
        return Consent.LAW
    return consent if source == Source.ASSISTED else Consent.NONE


def problems_of_limit(limit: Limit, *, today: int, opened: int, who: str) -> list[Problem]:
    """Return why this helper may not hand in one more: `today` handed in this day, `opened` not yet ended."""
    more = "Lãnh đạo Bộ phận Một cửa có thể nâng hạn mức, có lý do."
    problems = []
    if today >= limit.most_a_day:
        message = f"{who} đã nộp thay {today} hồ sơ hôm nay, đủ hạn mức {limit.most_a_day} hồ sơ một ngày. {more}"
        problems.append(Problem("helper_limit_day", message, "submitter.name"))
    if opened >= limit.most_open:
        message = f"{who} đang có {opened} hồ sơ nộp thay chưa xong, đủ hạn mức {limit.most_open} hồ sơ. {more}"
        problems.append(Problem("helper_limit_open", message, "submitter.name"))
    return problems


def problems_of_limits(source: Source, limit: Limit, reason: str, *, on: date, today: date) -> list[Problem]:
    """Return what is wrong with a limit to be set from that day."""
    problems = []
    if source not in LIMITED:
        problems.append(Problem("not_limited", "Người mang hồ sơ loại này không có hạn mức.", "source"))
    for field, value in {"most_a_day": limit.most_a_day, "most_open": limit.most_open}.items():
        if not 1 <= value <= _MOST:
            problems.append(Problem("limit_range", f"Hạn mức phải từ 1 đến {_MOST}.", field))
    if on < today:
        problems.append(Problem("in_past", "Hạn mức không có hiệu lực lùi về trước.", "on"))
    if not reason:
        problems.append(Problem("required", "Chưa ghi lý do đặt hạn mức này.", "reason"))
    return problems + length_problems(reason, longest=_LONGEST_REASON, label="Lý do", field="reason")
