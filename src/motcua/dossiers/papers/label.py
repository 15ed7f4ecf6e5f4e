"""Nhãn hồ sơ: what is stuck on the folder of a paper dossier."""

from datetime import datetime

from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.rules.masking import mask_name
from motcua.files.papers import qr_svg, render

_TEMPLATE = "dossiers/papers/templates/label.typ"
_LONGEST_NAME = 70


def label_of(dossier: Dossier, *, at: datetime) -> bytes:
    """Return the label as a PDF of 50 × 30 mm: code, QR, procedure, owner shortened, appointment, place.

    Folders lie where other people pass: the owner's name is masked.
    """
    due, name = dossier.due_at, dossier.procedure.name
    data = {
        "issued_at": at.isoformat(),
        "code": dossier.code,
        "procedure": name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…",
        "owner": mask_name(dossier.owner.name),
        "due": f"{timezone.localtime(due, VIET_NAM):%H:%M %d/%m/%Y}" if due else "chưa có",
        "shelf": dossier.shelf,
        "qr_svg": qr_svg(tracking_url(dossier)),
    }
    return render(_TEMPLATE, data)
