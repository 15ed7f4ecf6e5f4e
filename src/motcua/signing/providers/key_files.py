"""Key files of strangers: opened for the first time in a child process with limits on time and memory.

A PKCS#12 file says itself how often its PIN is hashed; a hostile one says so two billion times.
"""

import multiprocessing
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from motcua.kernel.errors import Invalid, Problem
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.signing.providers.raw import fits

#: Key, certificate and chain take five; a file with a long chain takes twenty.
LARGEST_FILE: Final = 128 * 1024
SECONDS: Final = 12.0
_CPU_SECONDS, _MEMORY = 8, 512 * 1024**2
_SLOW = Problem("key_file_slow", "Mở tệp khóa mất quá lâu nên hệ thống không nhận; hãy xuất lại tệp khóa.", "file")
_LARGE = Problem("key_file_large", "Tệp quá lớn so với một tệp khóa (tối đa 128 KB).", "file")
_OPEN = Problem("key_file_open", "Khóa trong tệp không được mã hóa bằng PIN; hãy xuất lại tệp có PIN.", "file")
_OTHER = Problem("key_file_other", "Khóa riêng trong tệp không phải khóa của chứng thư trong tệp.", "file")
_BROKEN = Problem("key_file_broken", "Tệp khóa bị hỏng hoặc có nội dung hệ thống không đọc được.", "file")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a key file holds beside its key: DER."""

    certificate: bytes
    chain: tuple[bytes, ...]


def facts_of_file(content: bytes, pin: str, *, start: str = "forkserver", seconds: float = SECONDS) -> FileFacts:
    """Return the certificate and chain of a PKCS#12 file whose key opens with this PIN and signs for it.

    Raises Invalid for a wrong PIN (field `pin`), a file that is too large, takes too long, is broken, holds no usable
    key, the key of another certificate, or a key that lies in it without encryption (field `file`).
    """
    if len(content) > LARGEST_FILE:
        raise Invalid(_LARGE)
    context: Any = multiprocessing.get_context(start)
    ours, theirs = context.Pipe()
    child = context.Process(target=_answer, args=(theirs, content, pin), daemon=True)
    child.start()
    theirs.close()
    try:
        said = ours.recv() if ours.poll(seconds) else _SLOW
    except (EOFError, OSError):
        said = _SLOW
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()
    if isinstance(said, FileFacts):
        return said
    raise Invalid(said)


def _answer(pipe: Connection, content: bytes, pin: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + _MEMORY,) * 2)
    try:
        pipe.send(opened(content, pin))
    except Invalid as refusal:
        pipe.send(refusal.problems[0])
    except Exception:  # whatever a hostile file raises, it is told as broken
        pipe.send(_BROKEN)


def opened(content: bytes, pin: str) -> FileFacts:
    """Open a key file here, without limits; raises Invalid as `facts_of_file` does."""
    with Pkcs12Key(content, pin) as key:
        digest = bytes(range(32))
        if not fits(key.sign([digest])[0], digest, key.certificate):
            raise Invalid(_OTHER)
        facts = FileFacts(key.certificate, key.chain)
    if _lies_open(content, pin):
        raise Invalid(_OPEN)
    return facts


def _lies_open(content: bytes, pin: str) -> bool:
    """Whether the numbers of the private key stand in the file as they are."""
    key, _, _ = pkcs12.load_key_and_certificates(content, pin.encode())
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.private_numbers()
        secrets = [numbers.d, numbers.p, numbers.q]
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        secrets = [key.private_numbers().private_value]
    else:
        return False
    return any(one.to_bytes((one.bit_length() + 7) // 8) in content for one in secrets)


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
