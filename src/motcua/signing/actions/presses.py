"""Opening the key of a batch, and signing many papers with it."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

from django.conf import settings

from motcua.files.actions.store import place_for_made
from motcua.kernel.errors import Invalid, MotCuaError, Problem, RuleBroken
from motcua.signing.actions.key_files import content_of_file
from motcua.signing.actions.open_remote import open_remote
from motcua.signing.actions.work_signing import Taker
from motcua.signing.models import SigningBatch
from motcua.signing.pades.many import KeyFactory, Means, Recipe, StamperFactory, sign_stream
from motcua.signing.pades.pool import Pool, warm
from motcua.signing.providers.csc import CscKey
from motcua.signing.providers.pkcs11 import Pkcs11Key, TokenKey
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.signing.queries.keys import certificate_of, choice_of
from motcua.signing.rules.batches import said_of
from motcua.signing.rules.wheres import REMOVED, kept_number
from motcua.signing.terms import KeyGoneError, KeyKind, SigningKey, Stamper
from motcua.trust.actions.check_revocation import require_signable
from motcua.trust.actions.open_services import open_fetcher, open_stamper
from motcua.trust.models import Certificate

#: Fewer papers are made and signed in this process: others would take longer to start.
_ALONE_BELOW = 40
_LIBRARIES = ("/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/lib/", "/opt/")
Keys = Callable[[Certificate, str], KeyFactory]


def server_keys(row: Certificate, pin: str) -> KeyFactory:
    """Return what opens the key of the register's row, here or in another process.

    Raises RuleBroken for a key that the server cannot open, KeyGoneError when its file is away.
    """
    if row.key_where in {"", REMOVED}:
        raise RuleBroken(Problem("key_removed", "Khóa này đã được gỡ; hãy chọn khóa khác."))
    if row.key_place == KeyKind.PKCS12:
        return functools.partial(Pkcs12Key, _file(row.key_where), pin)
    if row.key_place == KeyKind.PKCS11:
        chain = tuple(bytes(one) for one in row.chain)
        place = device_of(row.key_where)
        return functools.partial(Pkcs11Key, place, pin, certificate=bytes(row.content), chain=chain)
    if row.key_place == KeyKind.CSC:
        return functools.partial(open_remote, row.key_where, pin)
    message = f"Khóa ở «{KeyKind(row.key_place).label}» không mở được từ máy chủ."
    raise RuleBroken(Problem("key_elsewhere", message))


def opener(ref: str, pin: str, keys: Keys = server_keys) -> KeyFactory:
    """Return what opens the key that the register names, tried once with this PIN.

    Raises NotFound, Invalid for a PIN that does not open it, RuleBroken for a key that the server cannot open or whose
    certificate is another one than the register's, KeyGoneError when file or device are away.
    """
    row = certificate_of(ref)
    made = keys(row, pin)
    key = made()
    try:
        if key.certificate != bytes(row.content):
            message = "Khóa mở được không phải khóa của chứng thư đã ghi sổ; hãy báo người quản trị."
            raise RuleBroken(Problem("other_key", message))
    finally:
        key.close()
    return made


def check_pin(ref: str, pin: str) -> None:
    """Raise Invalid (field `pin`) for a PIN that does not open the key, before anything is signed."""
    if not pin and choice_of(ref).needs_pin:
        raise Invalid(Problem("required", "Hãy nhập PIN của khóa ký.", "pin"))
    try:
        opener(ref, pin)
    except KeyGoneError as gone:
        raise RuleBroken(Problem("key_gone", str(gone), "pin")) from gone


@dataclass(frozen=True, slots=True)
class KeyPress:
    """Signs papers with a key that opens, here or, with more than one, in processes of its own that also make them."""

    key_factory: KeyFactory
    stamper_factory: StamperFactory | None
    processes: int

    def sign(self, papers: Iterable[Recipe], *, taken: Taker) -> None:
        """Sign all, telling each as it is done; raises KeyGoneError, TrustStoppedError for those that wait."""
        try:
            if self.processes <= 1:
                sign_stream(papers, Means(self.key_factory, self.stamper_factory), take=taken)
            else:
                means = Means(self.key_factory, self.stamper_factory, place_for_made())
                with Pool(self.processes) as pool:
                    sign_stream(papers, means, take=taken, pool=pool)
        except MotCuaError as refusal:  # of the key as a whole: papers' own problems are their outcomes
            raise KeyGoneError(said_of(refusal.problems)) from refusal


@dataclass(frozen=True, slots=True)
class ServerPresses:
    """The presses of this server: keys by the register, timestamps by `stampers` (None: signatures without).

    `ask` is asked before a key signs whether its certificate (its id in the register) is good today: it raises
    RuleBroken or TrustStoppedError when it is not, or nobody has known for too long.
    """

    stampers: StamperFactory | None
    processes: int = 1
    keys: Keys = server_keys
    ask: Callable[[int], object] | None = None

    def __call__(self, batch: SigningBatch, pin: str) -> KeyPress:
        """Return the press for the key of the batch; raises Invalid, RuleBroken, KeyGoneError, TrustStoppedError."""
        count = batch.items.filter(settled_at__isnull=True).count()
        is_shared = batch.key_kind == KeyKind.PKCS12 and count >= _ALONE_BELOW  # a device has one session
        processes = self.processes if is_shared else 1
        if processes > 1:
            warm()
        if self.ask is not None:
            self.ask(certificate_of(batch.key_ref).pk)
        made = opener(batch.key_ref, pin, self.keys)
        if batch.key_kind == KeyKind.CSC:
            made = kept_open(made(), count)
        return KeyPress(made, self.stampers, processes)


def kept_open(key: SigningKey, count: int) -> KeyFactory:
    """Return a factory that gives one key again and again: what a remote service allowed holds for the whole batch."""
    if isinstance(key, CscKey):
        key.foresee(count)
    stays = _StaysOpen(key)
    return lambda: stays


class _StaysOpen:
    """A key that whoever is done with a part of a batch does not close; it is let go of with its press."""

    def __init__(self, key: SigningKey) -> None:
        self.certificate, self.chain, self.algorithm = key.certificate, key.chain, key.algorithm
        self.sign = key.sign

    def close(self) -> None:
        """Nothing: the next part of the batch needs it."""


def revocation_at(at: datetime) -> Callable[[int], object]:
    """Return what asks the authorities of this installation whether a certificate may sign at `at`."""
    return lambda pk: require_signable(certificate_id=pk, at=at, fetcher=open_fetcher(clock=lambda: at))


def stampers_at(at: datetime) -> StamperFactory | None:
    """Return the time-stamping authorities that this installation asks, None where none is declared.

    `at` is their moment here; other processes have the client alone, with a clock of its own.
    """
    stamper = open_stamper(clock=lambda: at)
    return functools.partial(_itself, stamper) if stamper.client.services else None


def _itself(stamper: Stamper) -> Stamper:
    return stamper


def device_of(where: str) -> TokenKey:
    """Read where a key in a device is: `pkcs11:token=…;object=…?module-path=…` (RFC 7512).

    Libraries are loaded only from folders that the system alone writes. Raises RuleBroken.
    """
    path, _, query = where.removeprefix("pkcs11:").partition("?")
    said = {name: unquote(value) for name, _, value in (one.partition("=") for one in [*path.split(";"), query])}
    module = said.get("module-path", "")
    if not module.startswith(_LIBRARIES) or ".." in module or not said.get("token"):
        message = "Khóa trong thiết bị ghi chưa đúng: pkcs11:token=…;object=…?module-path=/usr/lib/… ."
        raise RuleBroken(Problem("bad_device", message))
    return TokenKey(module, said["token"], key_label=said.get("object", ""))


def where_of_device(place: TokenKey) -> str:
    """Return the line of the register for a key in a device; raises RuleBroken for a library we do not load."""
    named = f";object={quote(place.key_label, safe='')}" if place.key_label else ""
    where = f"pkcs11:token={quote(place.token, safe='')}{named}?module-path={quote(place.module)}"
    device_of(where)
    return where


def _file(where: str) -> bytes:
    """The key file: one that the house keeps, or one below DATA and nowhere else."""
    if (number := kept_number(where)) is not None:
        return content_of_file(number)
    data = Path(settings.DATA_DIR).resolve()
    path = (data / where).resolve()
    if not path.is_relative_to(data):
        raise RuleBroken(Problem("key_outside", "Tệp khóa nằm ngoài thư mục dữ liệu."))
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyGoneError("Tệp khóa không còn trên máy chủ.") from error
