"""`motcua keys …`: keys in devices of the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say, table
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.trust.actions.register_certificate import HolderIds


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: the device and its key, whose it is (`account` or `agency`), a certificate in a file."""

    module: str
    token: str
    label: str = ""
    account: str = ""
    agency: str = ""
    certificate: str = ""
    reason: str = ""


def list_tokens(module: str) -> None:
    """Say which tokens a library sees and which certificates lie on them; no PIN is asked. Raises StartError."""
    from motcua.kernel.errors import MotCuaError
    from motcua.signing.providers.pkcs11 import certificates_on, tokens_in
    from motcua.trust.rules.certificates import read_file

    rows = []
    try:
        for token in tokens_in(module):
            rows.append((token, "", "", ""))
            for one in certificates_on(module, token):
                facts = read_file(one.certificate).certificate
                rows.append(("", one.key_label, facts.name, f"{facts.valid_to:%d/%m/%Y}"))
    except MotCuaError as refusal:
        raise StartError(refusal.problems[0].message) from refusal
    say(
        table(("Thiết bị", "Nhãn khóa", "Tên trong chứng thư", "Đến ngày"), rows)
        if rows
        else "Không thấy thiết bị nào."
    )


def register_device(installation: Installation, asked: Asked) -> None:
    """Put a key in a device into the register, so that its holder may choose it. Raises StartError."""
    with inside(installation):
        from django.utils import timezone

        from motcua.kernel.errors import MotCuaError

        try:
            name = put_in(asked, at=timezone.now())
        except MotCuaError as refusal:
            raise StartError(" ".join(one.message for one in refusal.problems)) from refusal
    say(f"Đã ghi khóa của «{name}» trong thiết bị «{asked.token}». PIN được hỏi mỗi lần ký.")


def put_in(asked: Asked, *, at: datetime) -> str:
    """Register the key and return the name in its certificate; raises MotCuaError."""
    from motcua.identity.terms import SYSTEM
    from motcua.signing.actions.presses import where_of_device
    from motcua.signing.providers.pkcs11 import TokenKey
    from motcua.trust.actions.register_certificate import register_certificate
    from motcua.trust.terms import KeyPlace

    where = where_of_device(TokenKey(asked.module, asked.token, key_label=asked.label))
    facts = {"content": _content(asked), "key_place": KeyPlace.PKCS11, "key_where": where, "reason": asked.reason}
    return register_certificate(actor=SYSTEM, at=at, holder=_holder(asked, at), **facts).name  # type: ignore[arg-type]


def _content(asked: Asked) -> bytes:
    """The certificate: of the file that was named, else the one beside the key."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from motcua.kernel.errors import Invalid, Problem
    from motcua.signing.providers.pkcs11 import certificates_on

    if asked.certificate:
        return Path(asked.certificate).read_bytes()
    found = [one for one in certificates_on(asked.module, asked.token) if asked.label in {"", one.key_label}]
    if len(found) != 1:
        message = f"Thiết bị có {len(found)} chứng thư như vậy; hãy nêu --label, hoặc --certificate khi chỉ có khóa."
        raise Invalid(Problem("token_no_key", message))
    parts = [found[0].certificate, *found[0].chain]
    return b"".join(x509.load_der_x509_certificate(one).public_bytes(Encoding.PEM) for one in parts)


def _holder(asked: Asked, at: datetime) -> HolderIds:
    from motcua.agencies.queries import unit_by_slug
    from motcua.identity.models import Account
    from motcua.kernel.errors import NotFound, Problem
    from motcua.trust.actions.register_certificate import HolderIds, holder_of_account

    if asked.agency:
        return HolderIds(unit_by_slug(asked.agency).id)
    account = Account.objects.filter(username=asked.account).first()
    if account is None:
        raise NotFound(Problem("no_account", f"Không có tài khoản «{asked.account}»."))
    return holder_of_account(account.pk, at)
