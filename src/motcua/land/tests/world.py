"""The small ward with a land procedure, a tax office and a post office."""

from functools import cached_property
from typing import Any

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, definition
from motcua.identity.terms import Actor
from motcua.land.actions.answer_sheet import answer_sheet
from motcua.land.actions.record_parcel import record_parcel
from motcua.land.actions.send_sheet import send_sheet
from motcua.land.models import TaxNotice, TransferSheet
from motcua.land.rules.notices import NoticeFacts
from motcua.postal.tests.world import PostWorld

CODE = "1.013831"
PARCEL: dict[str, Any] = {
    "map_sheet": "12",
    "parcel": "345",
    "parcel_address": "Tổ 2, khu 3, phường Hồng Gai",
    "area": "120,5",
    "purposes": ["ODT"],
    "serial": "AA 00123456",
    "certificate_on": MONDAY.date(),
    "use_form": "own",
}
FACTS: dict[str, Any] = {
    "wanted": ["income", "registration"],
    "transfer_price": "1.500.000.000",
    "floors": "2",
    "house_kind": "Nhà ở riêng lẻ",
}
INCOME = NoticeFacts("TB-01", MONDAY.date(), "1006", 30_000_000, MONDAY.date().replace(day=30))
FEE = NoticeFacts("TB-01", MONDAY.date(), "2801", 7_500_000, MONDAY.date().replace(day=20))


class LandWorld(PostWorld):
    """A world with a tax office; made by `land_world`."""

    @cached_property
    def tax_office(self) -> Unit:
        return self._unit("Thuế cơ sở 1 tỉnh Quảng Ninh", "tax", self.province, agency_code="G12.22")

    @cached_property
    def taxman(self) -> Actor:
        return self.officer("thue", self.tax_office, "Công chức thuế", Right.HANDLE)

    def appraised(self) -> Dossier:
        """A land dossier with the specialist who works on it."""
        dossier = self.by_post()
        forward_dossier(actor=self.clerk, dossier_id=dossier.pk, at=MONDAY)
        assign_dossier(actor=self.head, dossier_id=dossier.pk, at=MONDAY, to_account_id=self.specialist.known_id)
        return Dossier.objects.get(pk=dossier.pk)

    def sent(self) -> TransferSheet:
        """A sheet that waits at the tax office."""
        dossier = self.appraised()
        record_parcel(actor=self.specialist, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
        return send_sheet(
            actor=self.specialist, dossier_id=dossier.pk, tax_unit_id=self.tax_office.pk, typed=FACTS, at=MONDAY
        )

    def noticed(self) -> list[TaxNotice]:
        """The notices of an answered sheet."""
        sheet = self.sent()
        answer_sheet(actor=self.taxman, sheet_id=sheet.pk, notices=[INCOME, FEE], at=MONDAY)
        return list(sheet.notices.order_by("pk"))


def land_world() -> LandWorld:
    """Build the world; its one procedure is the transfer of land."""
    world = LandWorld(definition(code=CODE))
    world.build()
    for name in ("office", "postman", "tax_office", "taxman", "specialist"):
        getattr(world, name)
    return world
