"""The private hierarchy: a root, issuing authorities for officers and agencies, two time-stamping authorities."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from motcua.trust.pki.authority import Addresses, Authority, Wish, answerer_of, below, root
from motcua.trust.pki.keys import KeyName, make_key
from motcua.trust.pki.stamping import Stamping

#: What every name of the hierarchy carries, so that nobody takes a paper of the demo for an official one.
MARK = "BẢN MẪU"
#: X.520 gives a common name 64 characters; the library counts bytes.
_COMMON_NAME = 64
VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
VALID_TO = datetime(2045, 1, 1, tzinfo=UTC)


def addresses_below(base: str) -> dict[str, Addresses]:
    """Return where each authority of a hierarchy is served below a base address (without a slash at its end)."""
    return {
        name: Addresses(f"{base}/ocsp/{name}", f"{base}/crl/{name}.crl", f"{base}/ca/{name}.cer")
        for name in ("root", "officers", "agencies", "stamping")
    }


@dataclass(slots=True)
class Hierarchy:
    """All authorities of one hierarchy; `issuers` by the names "officers" and "agencies"."""

    root: Authority
    issuers: Mapping[str, Authority]
    stampers: tuple[Stamping, ...]
    stamping_issuer: Authority

    def authorities(self) -> dict[str, Authority]:
        """Every authority that issues by name: "root", "officers", "agencies", "stamping" (above the stampers)."""
        return {"root": self.root, **self.issuers, "stamping": self.stamping_issuer}


def authority_name(common_name: str) -> x509.Name:
    """Return the name of an authority of the demo."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"Một Cửa – {MARK}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{common_name} ({MARK})"),
        ]
    )


def holder_name(name: str, *, agency: str = "", unit: str = "", title: str = "", identifier: str = "") -> x509.Name:
    """Return the name of a person or an agency; `identifier` goes into UID, as Vietnamese authorities write it.

    The order of the parts and the form of UID ("CCCD:…", "MST:…") are from memory.
    """
    parts = (
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, agency),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        (NameOID.TITLE, title),
        (NameOID.COMMON_NAME, _cut(name, _COMMON_NAME)),
        (NameOID.USER_ID, identifier),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def make_hierarchy(
    *, addresses: Mapping[str, Addresses] | None = None, key: KeyName = "p256", label: str = "gốc"
) -> Hierarchy:
    """Make a whole hierarchy with new keys; `addresses` by the names "officers", "agencies", "stamping"."""
    where = addresses or {}
    top = root(authority_name(f"CA {label}"), make_key(key), valid_from=VALID_FROM, valid_to=VALID_TO)
    top.addresses = where.get("root", Addresses())
    top.answerer = answerer_of(top, valid_from=VALID_FROM, valid_to=VALID_TO)
    issuers = {
        "officers": _issuer(top, "CA cấp cho cán bộ", key, where.get("officers")),
        "agencies": _issuer(top, "CA cấp cho cơ quan", key, where.get("agencies")),
    }
    stamping = _issuer(top, "CA dấu thời gian", key, where.get("stamping"))
    stampers = tuple(make_stamper(stamping, number) for number in (1, 2))
    return Hierarchy(top, issuers, stampers, stamping)


def make_stamper(
    above: Authority,
    number: int,
    *,
    key: KeyName = "p256",
    valid_from: datetime = VALID_FROM,
    valid_to: datetime = VALID_TO,
) -> Stamping:
    """Return one more time-stamping authority."""
    own = make_key(key)
    wish = Wish(authority_name(f"Dấu thời gian {number}"), own.public_key(), valid_from, valid_to, usage="stamp")
    return Stamping(above.issue(wish), own, chain=(above.certificate,))


def _issuer(top: Authority, name: str, key: KeyName, addresses: Addresses | None) -> Authority:
    own = make_key(key)
    wish = Wish(authority_name(name), own.public_key(), VALID_FROM, VALID_TO, usage="ca")
    return below(top, wish, own, addresses or Addresses())


def demo_holder_name(name: str, *, agency: str, title: str = "") -> x509.Name:
    """Return the name of a holder of the demo: the mark stands behind it, however long the name is."""
    mark = f" ({MARK})"
    return holder_name(f"{_cut(name, _COMMON_NAME - len(mark.encode()))}{mark}", agency=agency, title=title)


def _cut(text: str, most: int) -> str:
    """Cut a text to so many bytes, at a word, and say that something is gone."""
    if len(text.encode()) <= most:
        return text
    words = text.split()
    while words and len(f"{' '.join(words)}…".encode()) > most:
        words.pop()
    return f"{' '.join(words)}…"
