"""What is true of a paper, as one line that anybody understands, and the words below it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from motcua.results.models import StoredPaper
from motcua.results.queries.checking import Match
from motcua.results.rules.qr import LONGEST_NAME, Claims, Read
from motcua.results.terms import Standing
from motcua.trust.terms import PaperVerdict, Role, SignatureVerdict

Tone = Literal["good", "warn", "bad"]
_REVOCATIONS = {
    "good": "Không bị thu hồi vào lúc ký",
    "revoked": "Đã bị thu hồi",
    "unknown": "Không hỏi được nơi cấp chứng thư",
    "not_checked": "Chưa kiểm tra được",
}
_TIMES = {"timestamp": "có dấu thời gian", "claimed": "theo lời người ký", "none": ""}


@dataclass(frozen=True, slots=True)
class Face:
    """The verdict: `headline` one sentence in large letters, `text` what to do with it."""

    tone: Tone
    headline: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SignatureFace:
    """One signature in words."""

    tone: Tone
    title: str
    reason: str
    lines: Sequence[tuple[str, str]]
    changes: Sequence[str]
    warnings: Sequence[str]


def face_of(verdict: PaperVerdict, match: Match | None, *, today: date) -> Face:
    """Return the one line about a file: the register's word first, then that of the signatures."""
    if match is not None and (said := _of_register(match, verdict, today)) is not None:
        return said
    if verdict.valid:
        return Face("good", f"Giấy này còn nguyên vẹn, {signed_words(verdict)}.", _issued_words(match))
    if verdict.error:
        return Face("warn", "Không đọc được tệp này.", verdict.reason)
    if not verdict.signatures:
        text = "Không thể biết ai cấp và nội dung có bị sửa hay không. Hãy xin tệp có chữ ký số, hoặc xem bản giấy."
        return Face("warn", "Tệp này không có chữ ký số.", text)
    if all(one.intact for one in verdict.signatures) and _is_undecided(verdict):
        headline = "Giấy này còn nguyên vẹn từ khi ký, nhưng chưa xác định được người ký có đáng tin hay không."
        return Face("warn", headline, verdict.reason)
    return Face("bad", "Không được tin giấy này.", verdict.reason)


def _of_register(match: Match, verdict: PaperVerdict, today: date) -> Face | None:
    """What the register says before the signatures have a word; None: nothing against the paper."""
    paper, standing = match.paper, match.paper.standing(today)
    holds = verdict.valid or _is_undecided(verdict)
    if standing == Standing.REVOKED:
        return Face("bad", "Không được dùng giấy này: đã bị thu hồi.", revoked_words(paper))
    if not match.is_exact and not holds:
        return Face("bad", "Không được tin giấy này: tệp đã bị sửa sau khi cấp.", verdict.reason)
    if verdict.signatures and not holds:
        return None
    if standing != Standing.VALID:
        return Face("warn", f"Giấy này là thật, nhưng {_but(paper, standing)}.", _issued_words(match))
    if verdict.valid or not match.is_exact:
        return None
    text = "Trùng khớp với bản lưu trong sổ kết quả điện tử."
    if verdict.signatures:
        text = f"{text} Chữ ký số trong tệp chưa kiểm tra được hết, xem bên dưới."
    return Face("good", f"Đúng là tệp {paper.issuer} đã cấp, không bị sửa.", text)


def _is_undecided(verdict: PaperVerdict) -> bool:
    """Whether nothing is against the signatures but that nobody knows who vouches for the signer."""
    unknown = [one for one in verdict.signatures if one.trusted is None]
    refused = [one for one in verdict.signatures if one.trusted is False or not one.intact]
    changed = [one for one in verdict.changes if not one.allowed]
    return bool(unknown) and not refused and not changed and not verdict.missing_roles


def face_of_paper(paper: StoredPaper, *, today: date, dated: bool = True) -> Face:
    """Return the one line about a paper of the register; `dated` False: without days that its holder keeps private."""
    standing = paper.standing(today)
    if not dated and standing != Standing.REVOKED:
        return Face("good" if standing == Standing.VALID else "warn", f"{standing.label}: giấy do {paper.issuer} cấp.")
    if standing == Standing.REVOKED:
        return Face("bad", "Không được dùng giấy này: đã bị thu hồi.", revoked_words(paper))
    if standing != Standing.VALID:
        return Face("warn", f"Giấy này là thật, nhưng {_but(paper, standing)}.")
    return Face("good", f"Giấy này có thật, do {paper.issuer} cấp ngày {day(paper.issued_on)}.")


def face_of_qr(read: Read, paper: StoredPaper | None, *, today: date) -> Face:
    """Return the one line about a QR code."""
    if read.claims is None:
        return Face("bad" if read.code == "forged" else "warn", "Không được tin mã QR này.", read.reason)
    if paper is not None:
        if others := differences(read.claims, paper):
            text = f"Mã QR do khóa của nơi cấp ký, nhưng sổ ghi khác ở: {', '.join(others)}. Hãy báo cơ quan cấp giấy."
            return Face("bad", "Không được tin giấy này: mã QR và sổ kết quả ghi khác nhau.", text)
        said = face_of_paper(paper, today=today)
        text = said.text or "Hãy so tên, số trên giấy với những dòng dưới đây."
        return Face(said.tone, said.headline, text)
    return Face("good", f"Mã QR này là thật, do {read.claims.agency} cấp ngày {day(read.claims.issued_on)}.")


def differences(claims: Claims, paper: StoredPaper) -> list[str]:
    """Return what the register says otherwise than the QR code; none unless somebody changed the register."""
    holder = textwrap.shorten(paper.holder_name, LONGEST_NAME, placeholder=" …")
    pairs = (
        ("số", claims.number, paper.number),
        ("ngày cấp", claims.issued_on, paper.issued_on),
        ("thời hạn", claims.valid_to, paper.valid_to),
        ("họ tên", claims.holder, holder),
        ("phiên bản", claims.version, paper.version),
    )
    return [name for name, said, kept in pairs if said != kept]


def signed_words(verdict: PaperVerdict) -> str:
    """Return who signed and when: "do UBND phường Hồng Gai ký ngày 03/03/2026"."""
    seals = [one for one in verdict.signatures if one.role == Role.SEAL and (one.agency or one.signer)]
    last = seals[-1] if seals else verdict.signatures[-1]
    who = (last.agency or last.signer) if seals else " – ".join(filter(None, [last.signer, last.agency]))
    when = f" ngày {day(last.time)}" if last.time else ""
    return f"do {who or 'người không rõ tên'} ký{when}"


def signature_faces(verdict: PaperVerdict) -> list[SignatureFace]:
    """Return every signature in words, in the order in which they were made."""
    return [_signature(number, one) for number, one in enumerate(verdict.signatures, start=1)]


def _signature(number: int, one: SignatureVerdict) -> SignatureFace:
    bad = not one.intact or one.trusted is False
    tone: Tone = "bad" if bad else "good" if one.trusted else "warn"
    source = _TIMES[one.time_source]
    lines = {
        "Người ký": one.signer,
        "Cơ quan": one.agency,
        "Ký lúc": f"{moment(one.time)}{f' ({source})' if source else ''}" if one.time else "Không rõ",
        "Chứng thư": " → ".join(one.path),
        "Thu hồi chứng thư": _REVOCATIONS[one.revocation],
        "Mức chữ ký": " ".join(filter(None, [one.level.value if one.level else "", one.digest, one.key])),
    }
    return SignatureFace(
        tone=tone,
        title=f"Chữ ký {number}: {Role(one.role).label.lower()}",
        reason=one.reason,
        lines=[(name, value) for name, value in lines.items() if value],
        changes=[f"{change.text[:1].upper()}{change.text[1:]}" for change in one.changed_after],
        warnings=one.warnings,
    )


def revoked_words(paper: StoredPaper) -> str:
    """Return by which decision a paper was revoked. The reason is between the agency and the holder."""
    found = paper.revocation
    return f"Quyết định số {found.decision_number} ngày {day(found.decided_on)} đã thu hồi giấy này."


def _but(paper: StoredPaper, standing: Standing) -> str:
    return {
        Standing.EXPIRED: f"đã hết hạn từ {day(paper.valid_to)}",
        Standing.SUPERSEDED: "đã có bản mới thay thế; hãy xin bản mới",
        Standing.NOT_YET: f"đến {day(paper.valid_from)} mới có hiệu lực",
    }.get(standing, "")


def _issued_words(match: Match | None) -> str:
    if match is None:
        return "Sổ kết quả ở đây không có tệp này; nơi khác có thể đã cấp."
    if match.is_archived:
        return "Đúng là tệp đã cấp, kèm bằng chứng lưu trữ, theo sổ kết quả điện tử."
    if match.is_exact:
        return "Đúng là tệp đã cấp, theo sổ kết quả điện tử."
    return "Tệp bắt đầu bằng đúng tệp đã cấp; phần thêm sau không làm thay đổi nội dung."


def day(found: date | datetime | None) -> str:
    """Return a day in figures; "không rõ" for none."""
    if found is None:
        return "không rõ"
    return f"{timezone.localtime(found) if isinstance(found, datetime) else found:%d/%m/%Y}"


def moment(found: datetime) -> str:
    """Return a moment in figures, in Vietnam."""
    return f"{timezone.localtime(found):%H:%M:%S %d/%m/%Y}"
