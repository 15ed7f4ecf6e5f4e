"""What is signed and with what: papers, stamps, keys in files and on a token, an authority of time."""

import functools
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pkcs11
import typst
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.constants import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from motcua.files.papers import FONTS_DIR
from motcua.signing.pades import Job
from motcua.signing.pades.many import KeyFactory
from motcua.signing.providers.pkcs11 import Pkcs11Key, TokenKey
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.signing.terms import Placement, SignaturePlan, Stamper
from motcua.trust.terms import Level, Role
from tests.pki import PIN, Holder, KeyName, demo_pki

KINDS: tuple[KeyName, ...] = ("rsa2048", "rsa3072", "p256")
LABEL = "benchmark"
_SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
_PAPER = """
#set document(title: "Quyết định", date: datetime(year: 2026, month: 11, day: 22))
#set text(font: "Liberation Serif", lang: "vi", size: 13pt)
= QUYẾT ĐỊNH
*Về việc cấp giấy phép*

Số {number}/QĐ-UBND
#for _ in range(6) [
  Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị tại tờ trình
  kèm hồ sơ, Ủy ban nhân dân phường quyết định cho phép ông, bà có tên dưới đây thực hiện công việc đã đăng ký.

]
"""
_STAMP = """
#set page(width: 60mm, height: 20mm, margin: 2mm)
#set text(font: "Liberation Serif", size: 9pt, fill: {colour})
Người ký: Nguyễn Văn Ấ. Cơ quan: Ủy ban nhân dân phường Hạ Long. Thời gian ký: 22/11/2026 09:30:00 +07:00
"""


def _typeset(source: str, *standards: str) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_DIR)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.typ")
        path.write_text(source)
        pdf = typst.compile(
            str(path), font_paths=fonts, ignore_system_fonts=True, format="pdf", pdf_standards=list(standards)
        )
    return bytes(pdf) + b"\n"


@functools.cache
def papers(count: int) -> list[bytes]:
    """Return tagged archival papers of one page (PDF/A-2a), each with its own number."""
    return [_typeset(_PAPER.replace("{number}", str(number)), "a-2a", "ua-1") for number in range(count)]


@functools.cache
def stamp(role: Role) -> bytes:
    """Return the picture of a signature or a seal."""
    return _typeset(_STAMP.replace("{colour}", "red" if role is Role.SEAL else "blue"), "a-2b")


def plan(role: Role, level: Level) -> SignaturePlan:
    """Return the plan of a visible signature."""
    box = (250.0, 90.0, 420.0, 147.0) if role is Role.SEAL else (300.0, 100.0, 470.0, 157.0)
    name = f"{role.value}-1"
    at = datetime.now(UTC)
    return SignaturePlan(name, role, at, "Phê duyệt", "Hạ Long", level, Placement(-1, box), stamp(role))


def jobs(pdfs: list[bytes], role: Role, level: Level) -> list[Job]:
    """Return a job for each paper; with the first signature the field of the seal is made too."""
    wanted = plan(role, level)
    reserve = () if role is Role.SEAL else (plan(Role.SEAL, level),)
    return [Job(pdf, wanted, reserve) for pdf in pdfs]


@dataclass(frozen=True, slots=True)
class FromFile:
    """A paper that is read where it is signed, as the house reads what leaders signed and clerks seal."""

    path: Path
    plan: SignaturePlan
    reserve: tuple[SignaturePlan, ...] = ()

    def made(self) -> Job:
        """Read it."""
        return Job(self.path.read_bytes(), self.plan, self.reserve)


def recipes(paths: Sequence[Path], role: Role, level: Level) -> list[FromFile]:
    """Return what is to be done with each of these files; see `jobs`."""
    wanted = plan(role, level)
    reserve = () if role is Role.SEAL else (plan(Role.SEAL, level),)
    return [FromFile(path, wanted, reserve) for path in paths]


@functools.cache
def holder(kind: KeyName) -> Holder:
    """Return an officer with a key of that kind."""
    return demo_pki().officer(key=kind)


def in_memory() -> Stamper:
    """Return an authority that is called, not asked over a line."""
    return demo_pki().stamper()


def in_file(kind: KeyName) -> KeyFactory:
    """Return what opens the key from a PKCS#12 file."""
    return functools.partial(Pkcs12Key, demo_pki().pkcs12(holder(kind)), PIN)


def on_token(kind: KeyName) -> KeyFactory:
    """Return what opens the key on the token of `token`."""
    return functools.partial(Pkcs11Key, TokenKey(_SOFTHSM, LABEL, key_label=kind), PIN)


@contextmanager
def token() -> Iterator[bool]:
    """Make a token of SoftHSM with a key of each kind; False where SoftHSM is not installed."""
    if not Path(_SOFTHSM).exists():
        yield False
        return
    with tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder, "tokens")
        tokens.mkdir()
        settings = Path(folder, "softhsm2.conf")
        settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(settings)
        make = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", PIN, "--pin", PIN]
        subprocess.run(make, check=True, capture_output=True)
        for number, kind in enumerate(KINDS, 1):
            _put(holder(kind), bytes([number]), kind)
        yield True


def _put(owner: Holder, key_id: bytes, label: str) -> None:
    der = owner.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    is_rsa = isinstance(owner.key, rsa.RSAPrivateKey)
    named = {Attribute.ID: key_id, Attribute.LABEL: label, Attribute.TOKEN: True}
    private = {Attribute.SENSITIVE: True, Attribute.SIGN: True, Attribute.PRIVATE: True}
    with pkcs11.lib(_SOFTHSM).get_token(token_label=LABEL).open(user_pin=PIN, rw=True) as session:
        session.create_object((decode_rsa_private_key(der) if is_rsa else decode_ec_private_key(der)) | named | private)
        session.create_object(decode_x509_certificate(owner.der) | named)
