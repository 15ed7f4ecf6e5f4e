"""`motcua verify FILE`: without database and settings, so that it starts at once and works anywhere."""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.trust.bundle import read_bundle
from motcua.trust.store import BadTrustError, TrustStore
from motcua.trust.terms import Fetcher, PaperVerdict, Role, SignatureVerdict
from motcua.trust.verifying.bounded import verify_bounded
from motcua.trust.verifying.refusing import unreadable
from motcua.trust.verifying.report import verdict_json
from motcua.trust.verifying.words import PAPER

VALID, NOT_VALID, UNREADABLE = 0, 1, 2
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_MEGABYTE = 1024 * 1024
#: Controls, marks of direction, ends of lines, halves of signs.
_MOVING = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))
_LARGEST_XML = 32 * _MEGABYTE
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"


def verify(options: argparse.Namespace, installation: Installation) -> int:
    """Print what is true of the file; returns 0 valid, 1 not valid, 2 unreadable or wrongly asked."""
    try:
        verdict = _verdict(options, installation)
    except StartError as error:
        if not options.json:
            complain(str(error))
            return UNREADABLE
        verdict = replace(unreadable("not_asked", at=datetime.now(UTC)), reason=str(error))
    if options.json:
        say(json.dumps(verdict_json(verdict), ensure_ascii=False, indent=2))
    else:
        say("\n".join(lines_of(verdict, options.file)))
    return UNREADABLE if verdict.error else VALID if verdict.valid else NOT_VALID


def _verdict(options: argparse.Namespace, installation: Installation) -> PaperVerdict:
    try:
        store = store_of(installation, options.bundle, options.bundle_key)
    except BadTrustError as error:
        raise StartError(str(error), "Hãy lấy lại gói tin cậy hoặc sửa kho tin cậy.") from error
    path = Path(options.file)
    return verify_bounded(
        path,
        trust=store,
        at=_moment(options.at),
        online=_online() if options.online else None,
        demanded=_roles(options.demand),
        expected_sha256=options.sha256,
        seconds=options.seconds,
        memory=options.memory * _MEGABYTE,
        start="fork",
        judge=judge_xml if _is_signed_xml(path) else None,
    )


def judge_xml(
    content: bytes | Path,
    *,
    trust: TrustStore,
    at: datetime,
    online: Fetcher | None = None,
    demanded: Sequence[Role] = (),
    expected_sha256: str = "",
) -> PaperVerdict:
    """Return what is true of a signed XML document (XAdES); roles are not told there, so none can be demanded."""
    from motcua.signing.xades import verify_xml

    data = content if isinstance(content, bytes) else content.read_bytes()
    verdict = verify_xml(data, trust=trust, at=at, fetcher=online)
    if verdict.error:
        return unreadable("damaged", at=at)
    if expected_sha256 and verdict.sha256 != expected_sha256.lower():
        return replace(verdict, valid=False, reason_code="other_file", reason=PAPER["other_file"])
    if demanded and verdict.valid:
        words = PAPER["missing_signature"].format(what=", ".join(role.label for role in demanded))
        return replace(
            verdict, valid=False, reason_code="missing_signature", reason=words, missing_roles=tuple(demanded)
        )
    return verdict


def _is_signed_xml(path: Path) -> bool:
    """Whether the file is XML with a signature somewhere near its beginning or end; larger ones are not read."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_XML:
            return False
        content = path.read_bytes()
    except (OSError, ValueError):
        return False
    starts = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return starts.startswith(b"<?xml") or (starts.startswith(b"<") and _XML_SIGNATURE in content)


def store_of(installation: Installation, bundle: Path | None = None, key: str = "") -> TrustStore:
    """Return the roots of the installation, of a demo the demo's too, and of a bundle. Raises BadTrustError."""
    demo = [installation.data_dir / "pki" / "trust"] if installation.demo_marker.exists() else []
    store = TrustStore.load(installation.data_dir / "trust", *demo)
    return store.joined(read_bundle(bundle, key=key)) if bundle else store


def lines_of(verdict: PaperVerdict, name: str) -> list[str]:
    """Return the verdict as lines for people."""
    mark = "HỢP LỆ" if verdict.valid else "KHÔNG ĐỌC ĐƯỢC" if verdict.error else "KHÔNG HỢP LỆ"
    lines = [f"{name}: {mark}", f"  {verdict.reason}"]
    for number, one in enumerate(verdict.signatures, start=1):
        lines += ["", *_lines_of_signature(number, one)]
    return [_printable(line) for line in lines]


def _printable(line: str) -> str:
    """Return a line without what a name may hold to move the cursor, turn words round or begin a line of its own."""
    return "".join("�" if unicodedata.category(sign) in _MOVING else sign for sign in line)


def _lines_of_signature(number: int, one: SignatureVerdict) -> list[str]:
    times = {"timestamp": "theo dấu thời gian", "claimed": "do người ký tự khai", "none": ""}
    trusted = {True: "có", False: "không", None: "chưa quyết được"}[one.trusted]
    at = one.time.astimezone(_ZONE).strftime("%d/%m/%Y %H:%M:%S") if one.time else "không rõ"
    lines = [
        f"  {number}. {one.signer or 'không rõ người ký'} ({one.role.label}, phiên bản {one.revision})",
        f"     Cơ quan: {one.agency or 'không rõ'}",
        f"     Thời gian: {at} {times[one.time_source]}".rstrip(),
        f"     Nguyên vẹn: {'có' if one.intact else 'không'}; tin cậy: {trusted}",
        f"     {one.reason}",
    ]
    lines += [f"     Sau khi ký: {change.text}" for change in one.changed_after]
    lines += [f"     Lưu ý: {warning}" for warning in one.warnings]
    return lines + ([f"     Đường dẫn: {' ← '.join(one.path)}"] if one.path else [])


def _moment(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise StartError(f"«{text}» không phải thời điểm.", "Viết như «2026-11-22 14:05».") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)


def _roles(text: str) -> Sequence[Role]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in Role.values]
    if unknown:
        raise StartError(f"Không có vai trò «{unknown[0]}».", f"Hãy chọn trong: {', '.join(Role.values)}.")
    return [Role(name) for name in names]


class _Online:
    """Asks the addresses that certificates name; for a person at a machine of their own."""

    def ocsp(self, url: str, request: bytes) -> bytes | None:
        return self._ask(url, request)

    def crl(self, url: str) -> bytes | None:
        return self._ask(url, None)

    def _ask(self, url: str, body: bytes | None) -> bytes | None:
        from motcua.kernel.calling import CallError, call

        headers = {"Content-Type": "application/ocsp-request"} if body else {}
        try:
            answer = call(url, body=body, headers=headers, seconds=10, most=32 * _MEGABYTE)
        except (CallError, ValueError, OSError):
            return None
        return answer.body if answer.status == 200 else None  # noqa: PLR2004 OK


def _online() -> _Online:
    return _Online()
