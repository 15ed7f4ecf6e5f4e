"""What is typed after `motcua pki …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.project.runtime.installation import Installation

_PORT = 8318


def add_pki(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the group; `add` makes one command with its `--data`."""
    group = commands.add_parser("pki", help="chứng thư số mẫu của bản trình diễn")
    group = group.add_subparsers(required=True, metavar="LỆNH")
    demo = add(group, "demo", "lập CA riêng trong <dữ liệu>/pki và tệp khóa cho cán bộ, cơ quan mẫu", _demo)
    demo.add_argument("--bare", action="store_true", help="chỉ lập CA, không cần bản cài đặt và tài khoản mẫu")
    serve = add(group, "serve", "trả lời TSA, OCSP, CRL của CA mẫu trên máy này, không cần chạy «up»", _serve)
    serve.add_argument("--port", type=int, default=_PORT, help=f"cổng (mặc định: {_PORT}; 0: cổng trống bất kỳ)")


def _demo(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.pki import make_demo

    make_demo(installation, bare=options.bare)


def _serve(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.pki import serve_demo

    serve_demo(installation, port=options.port)
