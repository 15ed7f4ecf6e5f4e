"""What people are told about their own account, and about rights given to them or by them."""

from datetime import UTC, datetime

from motcua.identity.actions.delegate import in_words
from motcua.identity.events import DelegationGranted, DelegationRevoked, SecondFactorChanged
from motcua.identity.models import Account, Delegation
from motcua.identity.queries import basis_text
from motcua.identity.terms import FACTOR_CHANGES
from motcua.notifications.actions import notify, notify_accounts
from motcua.notifications.terms import NoticeKind, Recipient


def on_second_factor_changed(event: SecondFactorChanged, at: datetime) -> None:
    """The holder hears of every change, also by mail: it may have been somebody else."""
    account = Account.objects.get(pk=event.account_id)
    change = FACTOR_CHANGES[event.change]
    notify(
        to=Recipient(account_id=account.pk, name=account.full_name, phone=account.phone, email=account.email),
        kind=NoticeKind.ACTION,
        subject=f"Bảo mật tài khoản thay đổi: {change.lower()}",
        body=(
            f"Tài khoản {account.username} vừa có thay đổi: {change.lower()}.\n\n"
            "Nếu không phải ông/bà thực hiện, hãy đổi mật khẩu ngay và báo người quản trị."
        ),
        link="/tai-khoan/bao-mat/",
        key=f"{event.name}:{event.account_id}:{at.astimezone(UTC).isoformat()}",
        at=at,
    )


def on_delegation_granted(event: DelegationGranted, at: datetime) -> None:
    """Giver and receivers hear what is lent, on which paper, and until when."""
    _tell_of_delegation(event, at, "Giao quyền")


def on_delegation_revoked(event: DelegationRevoked, at: datetime) -> None:
    """Both hear that nobody acts by it any more."""
    _tell_of_delegation(event, at, "Chấm dứt giao quyền")


def _tell_of_delegation(event: DelegationGranted | DelegationRevoked, at: datetime, what: str) -> None:
    related = ("giver", "from_post", "from_unit", "to_account", "to_post", "to_unit")
    found = Delegation.objects.select_related(*related).get(pk=event.delegation_id)
    giver = found.giver.full_name if found.giver else found.from_post.title if found.from_post else found.from_unit.name
    basis = basis_text(found.basis_number, found.basis_date)
    lines = (
        f"Người giao: {giver}. {in_words(found)}.",
        f"Căn cứ: {basis}." if basis else "",
        f"Lý do chấm dứt: {found.revoke_reason}." if found.revoke_reason else "",
    )
    notify_accounts(
        account_ids=event.account_ids,
        kind=NoticeKind.WORK,
        subject=f"{what}: {in_words(found)}",
        body="\n\n".join(filter(None, lines)),
        link="/mot-cua/uy-quyen/",
        key=f"{event.name}:{event.delegation_id}",
        at=at,
    )
