from motcua.results.models.paper import PaperFile, Revocation, StoredPaper, with_all
from motcua.results.models.result import IssuedResult, ResultKey
from motcua.results.models.share import Consent, ConsentCode, Reuse, Share

__all__ = [
    "Consent",
    "ConsentCode",
    "IssuedResult",
    "PaperFile",
    "ResultKey",
    "Reuse",
    "Revocation",
    "Share",
    "StoredPaper",
    "with_all",
]
