"""The one program of an installation: `motcua up`, `motcua doctor`, `motcua admin create`, …"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from motcua.project.commands.evidence_arguments import add_evidence
from motcua.project.commands.keys_arguments import add_keys
from motcua.project.commands.package_arguments import add_packages
from motcua.project.commands.pki_arguments import add_pki
from motcua.project.commands.results_arguments import add_results
from motcua.project.commands.trust_arguments import add_trust
from motcua.project.runtime.console import complain
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

DEFAULT_PORT = 8000
Command = Callable[[argparse.Namespace, Installation], int | None]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(argv)
    command: Command = options.command
    try:
        return command(options, Installation(options.data)) or 0
    except StartError as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("Đã dừng.")
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if not hasattr(error, "problems"):
            raise
        complain("\n".join(problem.message for problem in error.problems))
    return 1


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese."""

    WORDS = (
        ("usage: ", "Cách dùng: "),
        ("positional arguments:", "tham số:"),
        ("options:", "tùy chọn:"),
        ("show this help message and exit", "in hướng dẫn này rồi thoát"),
        ("the following arguments are required:", "còn thiếu:"),
        ("unrecognized arguments:", "không hiểu:"),
        ("invalid choice:", "không có lựa chọn"),
        ("choose from", "hãy chọn trong"),
        ("expected one argument", "cần một giá trị"),
        ("argument ", "tham số "),
    )

    def format_help(self) -> str:
        """Return the help text."""
        return self._in_vietnamese(super().format_help())

    def format_usage(self) -> str:
        """Return the usage line."""
        return self._in_vietnamese(super().format_usage())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and leave with code 2."""
        complain(self.format_usage().rstrip())
        complain(f"Lệnh chưa đúng: {self._in_vietnamese(message)}")
        raise SystemExit(2)

    def _in_vietnamese(self, text: str) -> str:
        for english, vietnamese in self.WORDS:
            text = text.replace(english, vietnamese)
        return text


Subcommands: TypeAlias = "argparse._SubParsersAction[VietnameseParser]"


def _parser() -> argparse.ArgumentParser:
    parser = VietnameseParser(prog="motcua", description="Một Cửa: nền tảng một cửa cho tỉnh, sở, xã.")
    commands = parser.add_subparsers(title="lệnh", required=True, metavar="LỆNH")
    _add_up(commands)
    _add(commands, "doctor", "kiểm tra bản cài đặt và nói phải làm gì", _doctor)
    admin = commands.add_parser("admin", help="tài khoản quản trị").add_subparsers(required=True, metavar="LỆNH")
    create = _add(admin, "create", "tạo tài khoản quản trị", _create_admin)
    create.add_argument("--username", default="admin", help="tên đăng nhập (mặc định: admin)")
    create.add_argument("--name", default="Quản trị hệ thống", help="họ tên")
    create.add_argument("--email", default="", help="thư điện tử")
    lost = _add(
        admin, "remove-factors", "gỡ bảo mật hai lớp của một tài khoản khi không còn ai vào được", _remove_factors
    )
    lost.add_argument("account", metavar="TÀI_KHOẢN")
    lost.add_argument("--reason", required=True, metavar="LÝ_DO", help="vì sao, và đã xác minh người đề nghị thế nào")
    journal = commands.add_parser("journal", help="nhật ký").add_subparsers(required=True, metavar="LỆNH")
    _add(journal, "check", "kiểm tra nhật ký có còn nguyên vẹn (mã thoát 1: không còn)", _check_journal)
    demo = commands.add_parser("demo", help="dữ liệu mẫu").add_subparsers(required=True, metavar="LỆNH")
    load = _add(demo, "load", "nạp dữ liệu mẫu", _demo_load)
    load.add_argument("--dossiers", type=int, default=3000, help="số hồ sơ cần có (mặc định: 3000)")
    accounts = _add(demo, "accounts", "liệt kê tài khoản mẫu", _demo_accounts)
    accounts.add_argument("--json", action="store_true", help="in ra JSON")
    accounts.add_argument("--most", type=int, default=0, help="chỉ in chừng này tài khoản đầu (mặc định: tất cả)")
    _add_procedures(commands)
    _add_configurations(commands)
    for add_group in (add_packages, add_evidence, add_pki, add_keys, add_trust, add_results):
        add_group(commands, _add)
    token = _add(commands, "token", "cấp mã truy cập API cho một tài khoản", _token)
    token.add_argument("account", metavar="TÀI_KHOẢN")
    token.add_argument("--name", default="dòng lệnh", help="tên gợi nhớ của mã")
    _add(commands, "worker", "chạy tiến trình nền (khi không dùng «up»)", _worker)
    _add_backup(commands)
    _add_files(commands)
    prepare = _add(commands, "prepare", "cập nhật bảng dữ liệu và tệp tĩnh (khi không dùng «up»)", _prepare)
    prepare.add_argument("--demo", action="store_true", help="nạp dữ liệu mẫu khi cơ sở dữ liệu còn trống")
    manage = _add(commands, "manage", "chạy một lệnh quản trị của Django", _manage)
    manage.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…")
    return parser


def _add_procedures(commands: Subcommands) -> None:
    group = commands.add_parser("procedures", help="danh mục thủ tục").add_subparsers(required=True, metavar="LỆNH")
    taken = _add(group, "import", "nhập bản ghi thủ tục quốc gia (JSON, JSONL, nén gzip, Excel)", _import_procedures)
    taken.add_argument("file", type=Path, metavar="TỆP")
    taken.add_argument("--json", action="store_true", help="in báo cáo bằng JSON")
    given = _add(group, "export", "xuất danh mục cùng nguyên văn nguồn, mỗi dòng một thủ tục", _export_procedures)
    given.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp đích (để trống: in ra màn hình)")
    given.add_argument("--kind", default="", metavar="LOẠI", help="chỉ thủ tục có nguồn loại này")


def _add_backup(commands: Subcommands) -> None:
    backup = _add(
        commands, "backup", "sao lưu ngay; list: xem, check: khôi phục thử, follow: sao lưu liên tục", _backup
    )
    backup.add_argument(
        "what",
        nargs="?",
        default="now",
        choices=("now", "list", "check", "follow"),
        metavar="VIỆC",
        help="now: sao lưu ngay, list: liệt kê, check: khôi phục thử, follow: sao lưu liên tục",
    )
    backup.add_argument("--from", dest="folder", default="", metavar="THƯ_MỤC", help="thư mục sao lưu cần kiểm tra")
    backup.add_argument("--backup", default="", metavar="BẢN", help="bản cần kiểm tra (mặc định: bản mới nhất)")
    restore = _add(commands, "restore", "khôi phục bản sao lưu vào một thư mục dữ liệu mới", _restore)
    restore.add_argument("--from", dest="folder", required=True, metavar="THƯ_MỤC", help="thư mục sao lưu")
    restore.add_argument(
        "--to", default="", metavar="LÚC", help="thời điểm, như «2026-11-22 14:05»; để trống: mới nhất"
    )


def _add_configurations(commands: Subcommands) -> None:
    """`processes import` and `forms import`."""
    kinds = {"processes": "quy trình (JSON, BPMN 2.0, bảng tính)", "forms": "biểu mẫu điện tử (JSON)"}
    for wanted, about in kinds.items():
        group = commands.add_parser(wanted, help=about).add_subparsers(required=True, metavar="LỆNH")
        taken = _add(group, "import", f"nhập {about} của hệ thống một cửa khác, thành bản thảo", _import_configurations)
        taken.add_argument("file", metavar="TỆP")
        taken.add_argument("--code", default="", help="mã thủ tục nhận cấu hình (mặc định: theo mã trong tệp)")
        taken.add_argument("--json", action="store_true", help="in ra JSON")
        taken.set_defaults(wanted=wanted)


def _add_files(commands: Subcommands) -> None:
    files = commands.add_parser("files", help="kho tệp").add_subparsers(required=True, metavar="LỆNH")
    check = _add(files, "check", "đọc lại kho tệp, đối chiếu với dữ liệu (mã thoát 1: có lỗi)", _check_files)
    check.add_argument("--quick", action="store_true", help="chỉ đối chiếu, không đọc nội dung")
    check.add_argument("--mend", action="store_true", help="lấy lại tệp mất, hỏng từ bản sao lưu")
    check.add_argument("--json", action="store_true", help="in ra JSON")


def _add(commands: Subcommands, name: str, about: str, command: Command) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.add_argument(
        "--data",
        metavar="THƯ_MỤC",
        default=os.environ.get("MOTCUA_DATA", "var"),
        help="thư mục dữ liệu (mặc định: var)",
    )
    parser.set_defaults(command=command)
    return parser


def _add_up(commands: Subcommands) -> None:
    parser = _add(commands, "up", "chạy toàn bộ hệ thống", _up)
    parser.add_argument("--host", default=os.environ.get("MOTCUA_HOST", "127.0.0.1"), help="địa chỉ lắng nghe")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"cổng (mặc định: {DEFAULT_PORT})")
    demo = os.environ.get("MOTCUA_DEMO", "").lower() in {"1", "true", "yes", "on"}
    parser.add_argument("--demo", action="store_true", default=demo, help="nạp dữ liệu mẫu khi cơ sở dữ liệu còn trống")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:  # noqa: PLR2004 the largest port there is
        raise argparse.ArgumentTypeError(f"«{text}» không phải số cổng từ 0 đến 65535")
    return int(text)


def _up(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.env import BadEnvironment, read_environment
    from motcua.project.runtime.up import UpOptions, up

    try:
        read_environment()
    except BadEnvironment as error:
        raise StartError(str(error)) from error
    return up(installation, UpOptions(host=options.host, port=options.port, demo=options.demo))


def _doctor(_options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.doctor import doctor

    return doctor(installation)


def _create_admin(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.accounts import create_admin

    create_admin(installation, username=options.username, name=options.name, email=options.email)


def _remove_factors(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.accounts import remove_factors

    remove_factors(installation, username=options.account, reason=options.reason)


def _check_journal(_options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.journal import check

    return check(installation)


def _check_files(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.files import check

    return check(installation, quick=options.quick, mend=options.mend, as_json=options.json)


def _demo_load(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.accounts import load_demo

    load_demo(installation, dossiers=options.dossiers)


def _demo_accounts(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.accounts import show_demo_accounts

    show_demo_accounts(installation, as_json=options.json, most=options.most)


def _token(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.accounts import show_token

    show_token(installation, username=options.account, name=options.name)


def _import_configurations(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.configurations import import_file

    return import_file(installation, options.file, wanted=options.wanted, code=options.code, as_json=options.json)


def _import_procedures(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.procedures import import_procedures

    return import_procedures(installation, path=options.file, as_json=options.json)


def _export_procedures(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.procedures import export_procedures

    export_procedures(installation, path=options.file, kind=options.kind)


def _worker(_options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.shell import inside
    from motcua.project.runtime.worker import run_worker

    with inside(installation):
        run_worker()


def _backup(options: argparse.Namespace, installation: Installation) -> int | None:
    from motcua.project.commands import backup

    if not installation.exists() and not options.folder:
        raise StartError(
            f"Thư mục {installation.data_dir} chưa có dữ liệu Một Cửa.", "Hãy chỉ đúng thư mục bằng --data."
        )
    if options.what == "check":
        return backup.check(installation, folder=options.folder, backup=options.backup)
    {"now": backup.back_up, "list": backup.list_backups, "follow": backup.follow}[options.what](installation)
    return None


def _restore(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.backup import put_back

    return put_back(installation, folder=options.folder, to=options.to)


def _prepare(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.shell import inside
    from motcua.project.runtime.prepare import prepare

    installation.make()
    with inside(installation, ready=False):
        prepare(installation, demo=options.demo)


def _manage(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.shell import inside

    installation.make()
    with inside(installation, ready=False, django=False):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["motcua manage", *options.arguments])
