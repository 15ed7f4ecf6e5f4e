"""PAdES: signatures of official papers, appended to the PDF (no database, no clock, no network of its own)."""

from motcua.signing.pades.archive import complete_archive, renew_archive
from motcua.signing.pades.many import Batch, Job, Outcome, sign_many
from motcua.signing.pades.prepared import Prepared
from motcua.signing.pades.sign import Signed, finish, finish_paper, prepare, sign_paper, sign_pdf

__all__ = [
    "Batch",
    "Job",
    "Outcome",
    "Prepared",
    "Signed",
    "complete_archive",
    "finish",
    "finish_paper",
    "prepare",
    "renew_archive",
    "sign_many",
    "sign_paper",
    "sign_pdf",
]
