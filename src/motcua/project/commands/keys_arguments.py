"""What is typed after `motcua keys …`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from motcua.project.runtime.installation import Installation


def add_keys(commands: Any, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the group; `add` makes one command with its `--data`."""
    group = commands.add_parser("keys", help="khóa ký trong thiết bị của máy chủ (HSM, token PKCS#11)")
    group = group.add_subparsers(required=True, metavar="LỆNH")
    tokens = add(group, "tokens", "liệt kê thiết bị và chứng thư mà thư viện thấy", _tokens)
    library = "thư viện PKCS#11 của nhà sản xuất, ví dụ /usr/lib/softhsm/libsofthsm2.so"
    tokens.add_argument("--module", required=True, metavar="TỆP", help=library)
    register = add(
        group, "register", "ghi khóa trong thiết bị cho một cán bộ hoặc cho con dấu của một cơ quan", _register
    )
    register.add_argument("--module", required=True, metavar="TỆP", help=library)
    register.add_argument("--token", required=True, metavar="NHÃN", help="nhãn của thiết bị (xem «keys tokens»)")
    register.add_argument("--label", default="", metavar="NHÃN", help="nhãn của khóa, khi thiết bị có nhiều khóa")
    whose = register.add_mutually_exclusive_group(required=True)
    whose.add_argument("--account", metavar="TÊN_ĐĂNG_NHẬP", help="cán bộ giữ khóa")
    whose.add_argument("--agency", metavar="MÃ", help="cơ quan có con dấu (phần địa chỉ của đơn vị)")
    told = "tệp chứng thư, khi thiết bị chỉ giữ khóa"
    register.add_argument("--certificate", default="", metavar="TỆP", help=told)
    register.add_argument("--reason", default="", metavar="LÝ_DO", help="khi tên trong chứng thư không khớp")


def _tokens(options: argparse.Namespace, _installation: Installation) -> None:
    from motcua.project.commands.keys import list_tokens

    list_tokens(options.module)


def _register(options: argparse.Namespace, installation: Installation) -> None:
    from motcua.project.commands.keys import Asked, register_device

    asked = Asked(
        module=options.module,
        token=options.token,
        label=options.label,
        account=options.account or "",
        agency=options.agency or "",
        certificate=options.certificate,
        reason=options.reason,
    )
    register_device(installation, asked)
