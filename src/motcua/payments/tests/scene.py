"""A bill of something, charged and paid."""

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import Actor
from motcua.payments.actions.charge import charge
from motcua.payments.actions.settle import take_payment
from motcua.payments.models import Bill, Payment
from motcua.payments.terms import Charge, DueWhen, FeeKind, Payer, Subject

CODE = "H49.61-260302-0001"
FEE = Charge(FeeKind.FEE, "Phí chứng thực", 2000, 3, "trang")
CHARGE = Charge(FeeKind.CHARGE, "Lệ phí hộ tịch", 8000, when=DueWhen.AFTER)


def charged(world: World, *charges: Charge, number: int = 1, by: Actor | None = None) -> Bill:
    """Charge a thing: phí 6.000 and lệ phí 8.000 unless others are given."""
    return charge(
        actor=by or world.clerk,
        subject=Subject("thing", number, f"{CODE[:-1]}{number}"),
        unit_id=world.ward.pk,
        desk_id=world.desk.pk,
        payer=Payer("Nguyễn Thị Hoà", "Tổ 1", "022190001234"),
        what="Đăng ký khai sinh",
        charges=charges or (FEE, CHARGE),
        at=MONDAY,
    )


def taken(world: World, bill: Bill, amount: int, *, by: Actor | None = None) -> Payment:
    """Take cash at the desk."""
    return take_payment(actor=by or world.clerk, bill_id=bill.pk, desk_id=world.desk.pk, amount=amount, at=MONDAY)
