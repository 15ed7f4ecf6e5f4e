"""QR codes on the first page of a PDF somebody sent: drawn and read in a child process with bounds on all it takes."""

import multiprocessing
import resource
from multiprocessing.connection import Connection
from typing import Any, Final

#: Seconds of the clock and of the processor, bytes of address space, and pixels of the longer side of the drawing.
SECONDS: Final = 8.0
MEMORY: Final = 1024**3
_LONGER: Final = 2400
_LONGEST: Final = 4000


def codes_in_pdf(content: bytes, *, seconds: float = SECONDS, memory: int = MEMORY) -> list[str]:
    """Return the texts of the QR codes on the first page; none for a file that cannot be drawn within the limits."""
    context: Any = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(theirs, content, memory, int(seconds) + 1), daemon=True)
    child.start()
    theirs.close()
    try:
        found: list[str] = ours.recv() if ours.poll(seconds) else []
    except (EOFError, OSError):
        return []
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()
    return found


def _answer(pipe: Connection, content: bytes, memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send(_read(content))


def _read(content: bytes) -> list[str]:
    import pypdfium2
    import zxingcpp

    try:
        page = pypdfium2.PdfDocument(content)[0]
        longer = max(page.get_size())
        picture = page.render(scale=min(_LONGER / max(longer, 1.0), 4.0), grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError):
        return []
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [str(one.text)[:_LONGEST] for one in zxingcpp.read_barcodes(picture, formats=formats)]
