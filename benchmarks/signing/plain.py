"""pyHanko as it comes, and with its key kept: what our own writer is measured against."""

import io
import tempfile
from pathlib import Path
from time import process_time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from benchmarks.signing import scene
from tests.pki import PIN, demo_pki


def measure(count: int) -> None:
    """Print the processor time of one invisible B-B signature, the key loaded for each paper, then kept."""
    print(f"\npyHanko, B-B, {count} papers")
    for kind in scene.KINDS:
        with tempfile.NamedTemporaryFile(suffix=".p12") as file:
            Path(file.name).write_bytes(demo_pki().pkcs12(scene.holder(kind)))
            begun = process_time()
            for pdf in scene.papers(count):
                _sign(pdf, _loaded(file.name))
            fresh = (process_time() - begun) / count
            kept, begun = _loaded(file.name), process_time()
            for pdf in scene.papers(count):
                _sign(pdf, kept)
            again = (process_time() - begun) / count
        once = f"{fresh * 1000:8.1f} ms with the file opened each time"
        print(f"{kind:<9}{once}, {again * 1000:6.1f} ms with the signer kept")


def _loaded(file: str) -> signers.SimpleSigner:
    return signers.SimpleSigner.load_pkcs12(file, passphrase=PIN.encode())


def _sign(pdf: bytes, signer: signers.SimpleSigner) -> bytes:
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name="signer-1", subfilter=fields.SigSeedSubFilter.PADES)
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=signer, output=out)
    return out.getvalue()
