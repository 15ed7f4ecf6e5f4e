"""`motcua trust drill`: authorities are killed and the clock is moved, and one sees what signing does."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.project.commands.pki import server_for
from motcua.project.runtime.console import say, table
from motcua.trust.pki.folder import issue_file, make, revoke
from motcua.trust.pki.hierarchy import Hierarchy, demo_holder_name
from motcua.trust.providers.revocation import HouseFetcher
from motcua.trust.providers.tsa import StampingClient, StampingService
from motcua.trust.rules.revocation import Said, ocsp_question, of_crl, of_ocsp
from motcua.trust.rules.windows import DEFAULTS, RULE_OF, Window
from motcua.trust.terms import Standing, TrustStoppedError, UnstampedError, WindowKind

_START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 8:00 in Vietnam
_HERE = timedelta(hours=7)
_NAMES = ("tsa-1", "tsa-2", "ocsp", "crl")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the log: when, what was done to the services, what was tried, what came, how signing stands."""

    at: str
    happened: str
    tried: str
    came: str
    standing: str
    expected: bool = True


@dataclass
class Stage:
    """The services, each on a port of its own so that one can be killed alone, and the clock everybody goes by."""

    folder: Path
    made: Hierarchy
    now: datetime = _START
    running: dict[str, ThreadingHTTPServer] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def clock(self) -> datetime:
        """Return the moved clock."""
        return self.now

    def start(self, *names: str) -> None:
        """Let services answer, at the address they had."""
        for name in names:
            server = server_for(self.folder, port=self.ports.get(name, 0), clock=self.clock)
            self.running[name], self.ports[name] = server, server.server_port
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def kill(self, *names: str) -> None:
        """Let services answer no more: nobody listens at their ports."""
        for name in names:
            server = self.running.pop(name)
            server.shutdown()
            server.server_close()

    def base(self, name: str) -> str:
        """Return where a service is."""
        return f"http://127.0.0.1:{self.ports[name]}/pki-mau"


@contextmanager
def staged() -> Iterator[Stage]:
    """Make a hierarchy in a folder that goes away, with every service running."""
    with tempfile.TemporaryDirectory(prefix="motcua-drill-") as folder, ExitStack() as stack:
        path = Path(folder) / "pki"
        stage = Stage(path, make(path))
        stage.start(*_NAMES)
        stack.callback(lambda: stage.kill(*list(stage.running)))
        yield stage


def drill(*, as_json: bool) -> int:
    """Show the whole course; 1 when something did not go as written."""
    with staged() as stage:
        steps = [*drill_of_stamps(stage), *drill_of_revocation(stage)]
    if as_json:
        say(json.dumps([asdict(one) for one in steps], ensure_ascii=False, indent=2))
    else:
        say("Diễn tập: dịch vụ thật trên máy này, đồng hồ được tua; dữ liệu của bản cài đặt không bị đụng đến.")
        rows = [
            [one.at, one.happened, one.tried, one.came, one.standing + ("" if one.expected else " (SAI)")]
            for one in steps
        ]
        say(table(["Lúc", "Chuyện xảy ra", "Thử", "Kết quả", "Việc ký"], rows))
    wrong = sum(not one.expected for one in steps)
    if not as_json:
        say(f"{len(steps)} bước, {wrong} bước sai." if wrong else f"{len(steps)} bước, đúng như quy định đã viết.")
    return int(bool(wrong))


@dataclass
class Signing:
    """Papers signed one after the other with what services there are; those without a timestamp wait."""

    stage: Stage
    window: Window = field(default_factory=lambda: Window(None, _length(WindowKind.STAMP)))
    waiting: list[int] = field(default_factory=list)
    signed: int = 0
    asked: list[str] = field(default_factory=list)

    def sign(self) -> str:
        """Sign one more paper; return what came. One that may not be signed keeps its number for the next try."""
        number = self.signed + 1
        try:
            came = f"có dấu thời gian của {self._stamp(number)}"
        except UnstampedError:
            self.waiting.append(number)
            came = "ký, chờ bổ sung dấu thời gian"
        except TrustStoppedError:
            return f"văn bản {number}: không ký"
        self.signed = number
        return f"văn bản {number}: {came}"

    def complete(self) -> str:
        """Give the papers that wait their timestamps."""
        waiting, self.waiting = self.waiting, []
        for number in waiting:
            self._stamp(number)
        return f"văn bản {', '.join(map(str, waiting))}: đã bổ sung dấu thời gian"

    def _stamp(self, number: int) -> str:
        self.asked.clear()
        services = [StampingService(f"{self.stage.base(f'tsa-{one}')}/tsa/{one}", f"TSA {one}") for one in (1, 2)]
        anchors = [self.stage.made.root.certificate.public_bytes(Encoding.DER)]
        client = StampingClient(services, anchors, self.window, self.stage.clock, self._heard)
        try:
            client.stamp(sha256(str(number).encode()).digest())
        finally:
            self.window = client.window
        return self.asked[-1]

    def _heard(self, service: StampingService, error: str) -> None:
        self.asked.append(service.name if not error else "")

    @property
    def standing(self) -> Standing:
        """How signing stands now."""
        return self.window.standing(self.stage.now)


def drill_of_stamps(stage: Stage) -> Iterator[Step]:
    """Both authorities answer, one is killed, both are killed, the window passes, one comes back."""
    signing, hours = Signing(stage), int(_length(WindowKind.STAMP).total_seconds()) // 3600
    yield _step(stage, "hai TSA hoạt động", "ký", signing.sign(), signing.standing, Standing.WELL)
    stage.now += timedelta(minutes=30)
    stage.kill("tsa-1")
    yield _step(stage, "TSA 1 bị tắt", "ký", signing.sign(), signing.standing, Standing.WELL)
    stage.now += timedelta(minutes=30)
    stage.kill("tsa-2")
    yield _step(stage, "TSA 2 cũng bị tắt", "ký", signing.sign(), signing.standing, Standing.GOING_ON)
    stage.now += timedelta(hours=hours - 1)
    came = signing.sign()
    yield _step(stage, f"{hours - 1} giờ sau lần lỗi đầu", "ký", came, signing.standing, Standing.GOING_ON)
    stage.now += timedelta(minutes=59)
    yield _step(stage, "còn 1 phút", "ký", signing.sign(), signing.standing, Standing.GOING_ON)
    stage.now += timedelta(minutes=1)
    yield _step(stage, f"đủ {hours} giờ", "ký", signing.sign(), signing.standing, Standing.STOPPED)
    stage.now += timedelta(hours=1)
    stage.start("tsa-1")
    came = signing.complete()
    yield _step(stage, "TSA 1 hoạt động lại", "bổ sung", came, signing.standing, Standing.WELL)
    yield _step(stage, "TSA 1 hoạt động lại", "ký", signing.sign(), signing.standing, Standing.WELL)


@dataclass
class Checking:
    """One officer's certificate, asked about again and again."""

    stage: Stage
    certificate: x509.Certificate
    window: Window = field(default_factory=lambda: Window(None, _length(WindowKind.REVOCATION)))

    def check(self) -> str:
        """Ask OCSP, then the list; return what is known."""
        issuer, now = self.stage.made.issuers["officers"].certificate, self.stage.now
        ocsp, crl = f"{self.stage.base('ocsp')}/ocsp/officers", f"{self.stage.base('crl')}/crl/officers.crl"
        fetcher = HouseFetcher({ocsp: ocsp, crl: crl}, clock=self.stage.clock)
        answer = fetcher.ocsp(ocsp, ocsp_question(self.certificate, issuer))
        said, by = (of_ocsp(answer, self.certificate, issuer, at=now) if answer else None), "OCSP"
        if said is None:
            listed = fetcher.crl(crl)
            said, by = (of_crl(listed, self.certificate, issuer, at=now) if listed else None), "CRL"
        self.window = Window(None, self.window.length) if said else self.window.after_failure(now)
        return _said_in_words(said, by)

    @property
    def standing(self) -> Standing:
        """How signing stands now."""
        return self.window.standing(self.stage.now)


def _said_in_words(said: Said | None, by: str) -> str:
    if said is None:
        return "không kiểm tra được"
    if said.revoked_at is None:
        return f"{by}: chưa bị thu hồi"
    return f"{by}: bị thu hồi lúc {_clock_text(said.revoked_at)}"


def drill_of_revocation(stage: Stage) -> Iterator[Step]:
    """OCSP is killed and the list answers; the list is killed too; the window passes; both are back; one is revoked."""
    subject = demo_holder_name("Hoàng Mạnh Cường", agency="Ủy ban nhân dân phường Hồng Gai")
    officers, end = stage.made.issuers["officers"], _START + timedelta(days=365)
    certificate, _file = issue_file(officers, subject, valid_from=_START - timedelta(days=1), valid_to=end)
    checking, hours = Checking(stage, certificate), int(_length(WindowKind.REVOCATION).total_seconds()) // 3600
    yield _step(stage, "OCSP, CRL hoạt động", "kiểm tra", checking.check(), checking.standing, Standing.WELL)
    stage.kill("ocsp")
    yield _step(stage, "OCSP bị tắt", "kiểm tra", checking.check(), checking.standing, Standing.WELL)
    stage.now += timedelta(minutes=10)
    stage.kill("crl")
    yield _step(stage, "CRL cũng bị tắt", "kiểm tra", checking.check(), checking.standing, Standing.GOING_ON)
    stage.now += timedelta(hours=hours)
    yield _step(stage, f"đủ {hours} giờ", "kiểm tra", checking.check(), checking.standing, Standing.STOPPED)
    stage.start("ocsp", "crl")
    yield _step(stage, "OCSP, CRL hoạt động lại", "kiểm tra", checking.check(), checking.standing, Standing.WELL)
    revoke(stage.folder, "officers", certificate.serial_number, at=stage.now, reason="keyCompromise")
    stage.now += timedelta(minutes=1)
    came = checking.check()
    yield _step(stage, "chứng thư bị thu hồi", "kiểm tra", came, checking.standing, Standing.WELL)


def _length(kind: WindowKind) -> timedelta:
    return timedelta(hours=DEFAULTS[RULE_OF[kind]])


def _step(stage: Stage, happened: str, tried: str, came: str, standing: Standing, wanted: Standing) -> Step:
    return Step(_clock_text(stage.now), happened, tried, came, str(standing.label), standing is wanted)


def _clock_text(at: datetime) -> str:
    return f"{at + _HERE:%d/%m %H:%M}"
