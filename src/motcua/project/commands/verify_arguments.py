"""What is typed after `motcua verify` and, about roots, after `motcua trust`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motcua.project.runtime.installation import Installation

Add = Callable[..., argparse.ArgumentParser]


def add_verify(commands: Any, add: Add) -> None:
    """Add the command; `add` makes one with its `--data`."""
    about = "kiểm tra chữ ký số của một tệp PDF (mã thoát 0: hợp lệ, 1: không hợp lệ, 2: không đọc được)"
    verify = add(commands, "verify", about, _verify)
    verify.add_argument("file", metavar="TỆP")
    verify.add_argument("--json", action="store_true", help="in ra một đối tượng JSON")
    verify.add_argument("--bundle", type=Path, metavar="GÓI", help="gói tin cậy (.zip) để kiểm tra khi không có mạng")
    verify.add_argument("--bundle-key", default="", metavar="VÂN_TAY", help="dấu vân tay khóa phải có của gói tin cậy")
    verify.add_argument("--at", default="", metavar="LÚC", help="hỏi cho thời điểm này, như «2026-11-22 14:05»")
    verify.add_argument("--demand", default="", metavar="VAI_TRÒ", help="chữ ký phải có, như «signer,seal»")
    verify.add_argument("--sha256", default="", metavar="MÃ", help="mã băm của bản đã phát hành, khi biết")
    verify.add_argument("--online", action="store_true", help="hỏi thu hồi (OCSP, CRL) qua mạng")
    verify.add_argument("--seconds", type=float, default=120.0, metavar="GIÂY", help="thời gian nhiều nhất (120)")
    verify.add_argument("--memory", type=int, default=1024, metavar="MB", help="bộ nhớ nhiều nhất (1024)")


def add_roots(group: Any, add: Add) -> None:
    """Add what manages the roots to the group `trust`."""
    taken = add(group, "add", "tin thêm một chứng thư gốc (hoặc thêm CA trung gian, danh sách thu hồi)", _add_root)
    taken.add_argument("file", type=Path, metavar="TỆP", help="chứng thư PEM hoặc DER")
    taken.add_argument("--name", default="", metavar="TÊN", help="tên gọi của chứng thư gốc")
    taken.add_argument("--source", default="", metavar="NGUỒN", help="lấy từ đâu, đã đối chiếu dấu vân tay thế nào")
    taken.add_argument("--intermediate", action="store_true", help="đây là chứng thư của CA trung gian")
    taken.add_argument("--crl", action="store_true", help="đây là danh sách thu hồi")
    add(group, "list", "liệt kê chứng thư gốc đang tin", _list_roots)
    gone = add(group, "remove", "không tin một chứng thư gốc nữa", _remove_root)
    gone.add_argument("fingerprint", metavar="VÂN_TAY")
    bundle = add(group, "bundle", "gói chứng thư gốc, CA trung gian, danh sách thu hồi cho máy không có mạng", _bundle)
    bundle.add_argument("--to", type=Path, required=True, metavar="TỆP", help="tệp .zip sẽ ghi")


def _verify(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.verify import verify

    return verify(options, installation)


def _add_root(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.roots import add_root

    return add_root(options, installation)


def _list_roots(_options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.roots import list_roots

    return list_roots(installation)


def _remove_root(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.roots import remove_root

    return remove_root(options.fingerprint, installation)


def _bundle(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.roots import write

    return write(options.to, installation)
