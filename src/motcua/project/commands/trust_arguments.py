"""What is typed after `motcua trust …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.project.commands.verify_arguments import add_roots, add_verify
from motcua.project.runtime.installation import Installation


def add_trust(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the group and `verify`; `add` makes one command with its `--data`."""
    add_verify(commands, add)
    group = commands.add_parser("trust", help="dịch vụ tin cậy: diễn tập khi mất dấu thời gian, mất kiểm tra thu hồi")
    group = group.add_subparsers(required=True, metavar="LỆNH")
    add_roots(group, add)
    drill = add(group, "drill", "diễn tập: tắt dịch vụ, tua đồng hồ, cho thấy ký tiếp rồi ngừng rồi bổ sung", _drill)
    drill.add_argument("--json", action="store_true", help="in ra JSON")


def _drill(options: argparse.Namespace, _installation: Installation) -> int:
    from motcua.project.commands.drill import drill

    return drill(as_json=options.json)
