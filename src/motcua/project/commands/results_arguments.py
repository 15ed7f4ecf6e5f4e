"""What is typed after `motcua verify-qr`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.project.runtime.installation import Installation


def add_results(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command; `add` makes it with its `--data`."""
    told = "kiểm tra mã QR của kết quả, không cần mạng, không cần cơ sở dữ liệu (mã thoát 1: không tin được)"
    verify = add(commands, "verify-qr", told, _verify)
    verify.add_argument("text", metavar="NỘI_DUNG", help="nội dung mã QR; - : đọc từ đầu vào")
    keys = "danh sách khóa, tải ở trang /kiem-tra/khoa.json"
    verify.add_argument("--keys", required=True, metavar="TỆP", help=keys)
    verify.add_argument("--json", action="store_true", help="in ra JSON")


def _verify(options: argparse.Namespace, _installation: Installation) -> int:
    from motcua.project.commands.verify_qr import verify_qr

    return verify_qr(options.text, options.keys, as_json=options.json)
