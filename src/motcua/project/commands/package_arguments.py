"""What is typed after `motcua packages …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.project.runtime.installation import Installation

_SOURCE = "thư mục, tệp .zip hoặc tệp .yaml của gói"
_SOURCE_OR_CODE = f"{_SOURCE}, hoặc mã thủ tục trong bản cài đặt (1.001193, 1.001193@2: phiên bản 2)"


def add_packages(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the group; `add` makes one command with its `--data`."""
    group = commands.add_parser("packages", help="gói thủ tục: kiểm tra, thử, so sánh, đóng gói, cài đặt")
    group = group.add_subparsers(required=True, metavar="LỆNH")
    check = add(group, "check", "kiểm tra gói, báo mọi lỗi theo tệp và dòng (mã thoát 1: có lỗi)", _check)
    check.add_argument("sources", nargs="+", metavar="GÓI", help=_SOURCE)
    test = add(group, "test", "chạy các kiểm thử của gói (mã thoát 1: có kiểm thử không đạt)", _test)
    test.add_argument("sources", nargs="+", metavar="GÓI", help=_SOURCE)
    simulate = add(group, "simulate", "cho hồ sơ giả chạy qua quy trình của gói", _simulate)
    simulate.add_argument("source", metavar="GÓI", help=_SOURCE_OR_CODE)
    simulate.add_argument("--dossiers", type=int, default=100, metavar="SỐ", help="số hồ sơ (mặc định: 100)")
    simulate.add_argument("--seed", type=int, default=0, metavar="SỐ", help="số gieo: cùng số thì cùng kết quả")
    staff = "số người của bước hoặc vai trò, ghi được nhiều lần: --staff handle=3"
    simulate.add_argument("--staff", action="append", default=[], metavar="AI=SỐ", help=staff)
    diff = add(group, "diff", "nói hai gói khác nhau ở đâu (mã thoát 1: có khác)", _diff)
    diff.add_argument("old", metavar="CŨ", help=_SOURCE_OR_CODE)
    diff.add_argument("new", metavar="MỚI", help=_SOURCE_OR_CODE)
    pack = add(group, "pack", "đóng gói thành tệp .zip hoặc thư mục", _pack)
    pack.add_argument("source", metavar="GÓI", help=_SOURCE_OR_CODE)
    pack.add_argument("--to", default="", metavar="NƠI", help="tệp .zip hoặc thư mục mới (mặc định: <mã>.zip)")
    install = add(group, "install", "cài gói vào danh mục, thành bản thảo hoặc công bố ngay", _install)
    install.add_argument("source", metavar="GÓI", help=_SOURCE)
    install.add_argument("--publish", action="store_true", help="công bố ngay; nhật ký ghi là do máy chủ công bố")
    install.add_argument("--from", dest="since", default="", metavar="NGÀY", help="ngày có hiệu lực, như 2026-07-01")
    install.add_argument("--again", action="store_true", help="cài cả khi gói cũ hơn bản đang có hiệu lực")
    schemas = add(group, "schemas", "ghi JSON Schema của các tệp trong gói ra một thư mục", _schemas)
    schemas.add_argument("folder", metavar="THƯ_MỤC")
    for parser in (check, test, simulate, diff, pack, install):
        parser.add_argument("--json", action="store_true", help="in ra JSON")


def _check(options: argparse.Namespace, _installation: Installation) -> int:
    from motcua.project.commands.packages import check

    return check(options.sources, as_json=options.json)


def _test(options: argparse.Namespace, _installation: Installation) -> int:
    from motcua.project.commands.packages import test

    return test(options.sources, as_json=options.json)


def _simulate(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.package_trials import simulate

    facts = {"dossiers": options.dossiers, "seed": options.seed, "staff": options.staff}
    return simulate(installation, options.source, as_json=options.json, **facts)


def _diff(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.packages import diff

    return diff(installation, options.old, options.new, as_json=options.json)


def _pack(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.packages import pack

    return pack(installation, options.source, to=options.to, as_json=options.json)


def _install(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.packages import install

    facts = {"publish": options.publish, "since": options.since, "again": options.again}
    return install(installation, options.source, as_json=options.json, **facts)


def _schemas(options: argparse.Namespace, _installation: Installation) -> int:
    from motcua.project.commands.packages import write_schemas

    return write_schemas(options.folder)
