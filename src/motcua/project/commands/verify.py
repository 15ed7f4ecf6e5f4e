"""`motcua verify FILE`: without database and settings, so that it starts at once and works anywhere."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.trust.bundle import read_bundle
from motcua.trust.store import BadTrustError, TrustStore
from motcua.trust.terms import PaperVerdict, Role, SignatureVerdict
from motcua.trust.verifying.bounded import verify_bounded
from motcua.trust.verifying.report import verdict_json

VALID, NOT_VALID, UNREADABLE = 0, 1, 2
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_MEGABYTE = 1024 * 1024


def verify(options: argparse.Namespace, installation: Installation) -> int:
    """Print what is true of the file; returns 0 valid, 1 not valid, 2 unreadable. Raises StartError."""
    try:
        store = store_of(installation, options.bundle, options.bundle_key)
    except BadTrustError as error:
        raise StartError(str(error), "Hãy lấy lại gói tin cậy hoặc sửa kho tin cậy.") from error
    verdict = verify_bounded(
        Path(options.file),
        trust=store,
        at=_moment(options.at),
        online=_online() if options.online else None,
        demanded=_roles(options.demand),
        expected_sha256=options.sha256,
        seconds=options.seconds,
        memory=options.memory * _MEGABYTE,
        start="fork",
    )
    if options.json:
        say(json.dumps(verdict_json(verdict), ensure_ascii=False, indent=2))
    else:
        say("\n".join(lines_of(verdict, options.file)))
    return UNREADABLE if verdict.error else VALID if verdict.valid else NOT_VALID


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
    return lines


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
