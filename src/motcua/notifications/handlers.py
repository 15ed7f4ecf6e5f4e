"""What people are told about their own account."""

from datetime import UTC, datetime

from motcua.identity.events import SecondFactorChanged
from motcua.identity.models import Account
from motcua.identity.terms import FACTOR_CHANGES
from motcua.notifications.actions import notify
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
