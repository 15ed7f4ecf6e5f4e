"""What is typed after `motcua evidence …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motcua.project.runtime.installation import Installation

_KEY = "khóa công khai từng ký đầu sổ (một dòng chữ, hoặc tệp chứa các dòng), ghi được nhiều lần"
_EARLIER = "đầu sổ giữ ở nơi khác từ trước, ghi được nhiều lần"


def add_evidence(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the group; `add` makes one command with its `--data`."""
    group = commands.add_parser("evidence", help="sổ bằng chứng: kiểm tra, xuất, đầu sổ, khóa, trao đổi")
    group = group.add_subparsers(required=True, metavar="LỆNH")
    check = add(group, "check", "đọc lại toàn bộ và nêu tên việc bị sửa, xóa, chèn (mã thoát 1: có)", _check)
    check.add_argument("--blobs", action="store_true", help="đọc lại cả nội dung tệp")
    check.add_argument("--key", action="append", default=[], metavar="KHÓA", help=_KEY)
    check.add_argument("--earlier", action="append", default=[], metavar="TỆP", help=_EARLIER)
    check.add_argument("--json", action="store_true", help="in ra JSON")
    export = add(group, "export", "xuất gói bằng chứng để kiểm tra ở máy khác", _export)
    export.add_argument("--to", required=True, type=Path, metavar="TỆP.zip")
    export.add_argument("--dossier", default="", metavar="MÃ", help="chỉ một hồ sơ (mặc định: toàn bộ sổ)")
    export.add_argument("--all", action="store_true", help="toàn bộ sổ")
    export.add_argument("--blobs", action="store_true", help="kèm nội dung các tệp")
    export.add_argument("--earlier", action="append", default=[], metavar="TỆP", help=_EARLIER)
    prove = add(group, "prove", "in bằng chứng của một dòng nhật ký (JSON)", _prove)
    prove.add_argument("entry", type=int, metavar="SỐ_DÒNG")
    head = add(group, "head", "vào sổ mọi thứ đang chờ, ký một đầu sổ ngay và in ra", _head)
    head.add_argument("--last", action="store_true", help="chỉ in đầu sổ mới nhất, không ký")
    exchange = add(
        group, "exchange", "lấy đầu sổ của cơ quan khác, kiểm tra, giữ làm chứng, gửi đầu sổ của mình", _exchange
    )
    exchange.add_argument("--with", dest="url", required=True, metavar="ĐỊA_CHỈ", help="địa chỉ gốc của họ")
    exchange.add_argument("--key", default="", metavar="KHÓA", help="khóa công khai của họ, nhận bằng đường khác")
    exchange.add_argument("--stop", action="store_true", help="thôi trao đổi định kỳ; những gì đã thấy vẫn giữ")
    restored = add(group, "restored", "xác nhận sổ đã lùi lại do khôi phục bản sao lưu, rồi ký tiếp", _restored)
    restored.add_argument("--reason", required=True, metavar="LÝ_DO")
    add(group, "attest", "ghi hiện trạng hồ sơ cũ vào nhật ký để về sau so (sau nâng cấp)", _attest)
    key = group.add_parser("key", help="khóa ký đầu sổ").add_subparsers(required=True, metavar="LỆNH")
    made = add(key, "new", "tạo khóa ký đầu sổ ở ngoài thư mục dữ liệu", _new_key)
    made.add_argument("file", type=Path, metavar="TỆP")
    add(key, "show", "in khóa công khai để giao cho người kiểm tra", _show_key)


def _check(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import check

    facts = {"with_blobs": options.blobs, "keys": options.key, "earlier": options.earlier}
    return check(installation, as_json=options.json, **facts)


def _export(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import export

    if options.all and options.dossier:
        raise SystemExit("Hãy chọn một: --dossier hoặc --all.")
    facts = {"code": options.dossier, "with_blobs": options.blobs, "earlier": options.earlier}
    return export(installation, to=options.to, **facts)


def _prove(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import prove

    return prove(installation, entry=options.entry)


def _head(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import head

    return head(installation, only_last=options.last)


def _exchange(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import exchange

    return exchange(installation, url=options.url, key=options.key, stop=options.stop)


def _attest(_options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import attest

    return attest(installation)


def _restored(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import restored

    return restored(installation, reason=options.reason)


def _new_key(options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import new_key

    return new_key(installation, options.file)


def _show_key(_options: argparse.Namespace, installation: Installation) -> int:
    from motcua.project.commands.evidence import show_key

    return show_key(installation)
