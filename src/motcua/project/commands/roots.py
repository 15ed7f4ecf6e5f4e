"""`motcua trust add|list|remove|bundle`: the roots this installation believes."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from motcua.project.commands.verify import store_of
from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.trust.store import CRLS, INTERMEDIATES, BadTrustError, TrustStore, add_anchor, add_part, remove_anchor


def add_root(options: argparse.Namespace, installation: Installation) -> int:
    """Keep a root (its fingerprint is shown), an intermediate certificate or a list. Raises StartError."""
    folder = installation.data_dir / "trust"
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise StartError(f"Không đọc được {options.file}.") from error
    if options.intermediate or options.crl:
        count = add_part(folder, CRLS if options.crl else INTERMEDIATES, content)
        say(f"Đã thêm {count} tệp.")
        return 0 if count else 1
    if not options.name or not options.source:
        raise StartError(
            "Thiếu --name hoặc --source.", "Hãy ghi tên chứng thư gốc và đã đối chiếu dấu vân tay thế nào."
        )
    try:
        anchor = add_anchor(folder, content, name=options.name, source=options.source)
    except BadTrustError as error:
        raise StartError(str(error)) from error
    say(f"Đã tin chứng thư gốc «{anchor.name}».")
    say(f"SHA-256: {_grouped(anchor.fingerprint)}")
    say("Hãy đối chiếu dấu vân tay này với nơi phát hành; nếu khác, chạy «motcua trust remove» ngay.")
    return 0


def list_roots(installation: Installation) -> int:
    """Print every root that is believed. Raises StartError."""
    store = _store(installation)
    if not store.anchors:
        say("Chưa tin chứng thư gốc nào: mọi chữ ký sẽ là «chưa quyết được». Thêm bằng «motcua trust add».")
    for anchor in store.anchors:
        say(f"{anchor.name}\n  SHA-256: {_grouped(anchor.fingerprint)}\n  Nguồn: {anchor.source}")
    return 0


def remove_root(fingerprint: str, installation: Installation) -> int:
    """Believe a root no longer. Raises StartError when this installation did not add it."""
    if not remove_anchor(installation.data_dir / "trust", fingerprint.replace(" ", "")):
        raise StartError("Không có chứng thư gốc nào mang dấu vân tay này trong bản cài đặt.")
    say("Đã bỏ; từ nay chữ ký dưới chứng thư gốc này là «chưa quyết được».")
    return 0


def write(to: Path, installation: Installation) -> int:
    """Write the trust bundle and show the fingerprint of its key. Raises StartError."""
    from cryptography.hazmat.primitives import serialization

    from motcua.trust.bundle import fingerprint, own_key, write_bundle

    store = _store(installation)
    installation.make()
    key = own_key(installation.data_dir / "trust" / "bundle-key.pem")
    try:
        to.write_bytes(write_bundle(store, at=datetime.now(UTC), key=key))
    except OSError as error:
        raise StartError(f"Không ghi được {to}.") from error
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    say(
        f"Đã ghi {to}: {len(store.anchors)} gốc, {len(store.intermediates)} CA trung gian, {len(store.crls)} danh sách."
    )
    say(f"Dấu vân tay khóa (đưa cho người nhận bằng đường khác): {fingerprint(public)}")
    return 0


def _store(installation: Installation) -> TrustStore:
    try:
        return store_of(installation)
    except BadTrustError as error:
        raise StartError(str(error)) from error


def _grouped(digits: str) -> str:
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
