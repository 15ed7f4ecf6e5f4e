"""What the house holds about one citizen, which consents they gave, and who looked (Luật 91/2025/QH15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.models import Reading
from motcua.journal.queries import readings_of

#: A page shows so many of the newest; the file holds all.
SHOWN = 50
_DOSSIER = "dossiers.dossier"


@dataclass(frozen=True, slots=True)
class MyData:
    """Everything of one citizen that the page and the file tell."""

    account: Account
    dossiers: Sequence[Dossier]
    readings: Sequence[Reading]

    @property
    def consents(self) -> list[Dossier]:
        """The dossiers that another handed in for the citizen, with how they agreed."""
        return [one for one in self.dossiers if one.consent or one.assisted_by_id or one.submitter_id != one.owner_id]

    def as_json(self, at: datetime) -> dict[str, Any]:
        """Return the whole as plain values, for the citizen to take away."""
        account = self.account
        return {
            "lap_luc": at.isoformat(),
            "tai_khoan": {
                "ho_ten": account.full_name,
                "ten_dang_nhap": account.username,
                "so_dinh_danh": account.personal_id,
                "dien_thoai": account.phone,
                "thu_dien_tu": account.email,
                "dia_chi": account.address,
                "lap_tai_khoan_luc": account.created_at.isoformat() if account.created_at else "",
            },
            "ho_so": [_dossier_json(one) for one in self.dossiers],
            "luot_xem": [
                {
                    "luc": row.at.isoformat(),
                    "ho_so": row.code,
                    "nguoi_xem": row.actor_name,
                    "chuc_vu": row.actor_title,
                    "muc_dich": row.purpose,
                }
                for row in self.readings
            ],
        }


def my_data(actor: Actor, account: Account) -> MyData:
    """Return what is held about the citizen: three queries."""
    related = ("procedure", "agency", "owner", "submitter", "assisted_by", "answers")
    dossiers = list(visible_to(actor).select_related(*related).order_by("-id"))
    readings = list(readings_of(_DOSSIER, [str(one.pk) for one in dossiers]))
    return MyData(account, dossiers, readings)


def _dossier_json(dossier: Dossier) -> dict[str, Any]:
    parties = {"chu_ho_so": dossier.owner, "nguoi_nop": dossier.submitter}
    answers = getattr(dossier, "answers", None)  # it came with the dossier
    return {
        "ma": dossier.code,
        "thu_tuc": dossier.procedure.name,
        "co_quan": dossier.agency.name,
        "nop_luc": dossier.submitted_at.isoformat(),
        "trang_thai": dossier.get_status_display(),
        "cach_dong_y": dossier.get_consent_display() if dossier.consent else "",
        "to_khai": answers.values if answers else {},
        **{
            role: {
                "ho_ten": party.name,
                "so_dinh_danh": party.personal_id,
                "dien_thoai": party.phone,
                "thu_dien_tu": party.email,
                "dia_chi": party.address,
            }
            for role, party in parties.items()
        },
    }
