"""Signing a paper with everything that may stand on it: initials twice, a signature with picture, a seal over it."""

import functools
import io
from datetime import datetime

from PIL import Image, ImageDraw

from motcua.deadlines.terms import VIET_NAM
from motcua.signing.appearance.pictures import seal_picture, signature_picture
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.stamps import agency_text_stamp, initial_stamp, seal_stamp, signer_stamp
from motcua.signing.pades import sign_pdf
from motcua.signing.terms import SignaturePlan
from motcua.trust.terms import Role
from tests.pki import demo_pki

AT = datetime(2026, 2, 5, 16, 30, 5, tzinfo=VIET_NAM)
NAME, AGENCY = "Nguyễn Hoàng Phương Uyên", "Ủy ban nhân dân xã Tân Tiến"
#: In the order in which a document gathers them.
ORDER = (Role.INITIAL_CONTENT, Role.INITIAL_FORM, Role.SIGNER, Role.SEAL)


@functools.cache
def hand() -> bytes:
    """Return a scan of a signature: dark ink on white paper."""
    picture = Image.new("RGB", (900, 450), "white")
    ImageDraw.Draw(picture).line(
        [(80, 330), (300, 60), (380, 360), (560, 120), (820, 250)], fill=(30, 30, 40), width=14
    )
    return _png(picture)


@functools.cache
def seal() -> bytes:
    """Return a scan of a round seal."""
    picture = Image.new("RGB", (700, 700), (250, 248, 244))
    pen = ImageDraw.Draw(picture)
    pen.ellipse([30, 30, 670, 670], outline=(200, 40, 50), width=22)
    pen.ellipse([150, 150, 550, 550], outline=(200, 40, 50), width=8)
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


def plan_for(pdf: bytes, role: Role) -> SignaturePlan:
    """Return how a role signs this paper, placed and drawn."""
    drawn = {
        Role.INITIAL_CONTENT: lambda: initial_stamp(None, name=NAME),
        Role.INITIAL_FORM: lambda: initial_stamp(signature_picture(hand()).png, name=NAME),
        Role.SIGNER: lambda: signer_stamp(signature_picture(hand()).png, name=NAME, at=AT),
        Role.SEAL: lambda: seal_stamp(seal_picture(seal()).png, agency=AGENCY, at=AT),
        Role.ATTACHMENT_SEAL: lambda: agency_text_stamp(agency=AGENCY, at=AT, number="05/QĐ-UBND"),
    }[role]()
    return SignaturePlan(role.value, role, AT, placement=place_of(pdf, role), appearance=drawn)


def signed(pdf: bytes, roles: tuple[Role, ...] = ORDER) -> bytes:
    """Return the paper signed in these roles, in order; the fields of all are made with the first signature."""
    plans = [plan_for(pdf, role) for role in roles]
    pki = demo_pki()
    for number, plan in enumerate(plans):
        who = pki.agency(AGENCY) if plan.role in {Role.SEAL, Role.ATTACHMENT_SEAL} else pki.officer(NAME, AGENCY)
        pdf = sign_pdf(
            pdf, plan, who.signing_key(), stamper=pki.stamper(at=AT), reserve=plans[number + 1 :] if number == 0 else ()
        )
    return pdf
