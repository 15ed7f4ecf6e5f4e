"""One of everything that an address of the post may name, and who may read it."""

from dataclasses import dataclass
from functools import cached_property

from motcua.dossiers.tests.world import MONDAY
from motcua.land.actions.pay_tax import collect_tax
from motcua.land.models import TaxNotice
from motcua.land.tests.world import LandWorld
from motcua.postal.actions.money import Payer, close_money
from motcua.postal.actions.sheets import make_sheet
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.models import MoneyHandover, PostalOrder, PostalReceipt, PostalSheet
from motcua.postal.terms import Purpose, SheetKind
from motcua.postal.tests.world import AT_POST

PAYER = Payer("Nguyễn Thị Hoà", "022190001234")


@dataclass
class PostScene:
    """The post of the small ward; each thing is made when it is first asked for."""

    world: LandWorld

    @cached_property
    def order(self) -> PostalOrder:
        """Papers that the post clerk holds."""
        return self.another_order()

    def another_order(self) -> PostalOrder:
        """Papers that came to the post office just now."""
        application = self.world.application(**AT_POST, confirmed_duplicate=True)
        made = take_in_at_post(
            actor=self.world.postman, office_id=self.world.office.pk, application=application, at=MONDAY
        )
        return PostalOrder.objects.get(dossier=made)

    @cached_property
    def sheet(self) -> PostalSheet:
        """The papers on their way to the desk."""
        return self.sheet_of(self.order)

    def sheet_of(self, *orders: PostalOrder) -> PostalSheet:
        """A sheet to the desk with these orders."""
        return make_sheet(
            actor=self.world.postman,
            kind=SheetKind.TO_CENTRE,
            from_unit_id=self.world.office.pk,
            to_unit_id=self.world.desk.pk,
            order_ids=[one.pk for one in orders],
            at=MONDAY,
        )

    @cached_property
    def notices(self) -> list[TaxNotice]:
        """What the owner of a land dossier owes: income tax and a fee."""
        return self.world.noticed()

    @cached_property
    def receipt(self) -> PostalReceipt:
        """A part of the income tax, taken by the post clerk."""
        collect_tax(
            actor=self.world.postman,
            office_id=self.world.office.pk,
            notice_id=self.notices[0].pk,
            amount=10_000_000,
            payer=PAYER,
            at=MONDAY,
        )
        return PostalReceipt.objects.get()

    @cached_property
    def handover(self) -> MoneyHandover:
        """What was taken, counted and closed for the tax office."""
        return close_money(
            actor=self.world.postman,
            office_id=self.world.office.pk,
            purpose=Purpose.TAX,
            to_unit_id=self.world.tax_office.pk,
            counted=self.receipt.amount,
            at=MONDAY,
        )
