from motcua.results.models.paper import PaperFile, Revocation, StoredPaper, with_all
from motcua.results.models.representation import Representation
from motcua.results.models.result import IssuedResult, ResultKey
from motcua.results.models.share import Consent, ConsentCode, ConsentEnd, Reuse, Share

__all__ = [
    "Consent",
    "ConsentCode",
    "ConsentEnd",
    "IssuedResult",
    "PaperFile",
    "Representation",
    "ResultKey",
    "Reuse",
    "Revocation",
    "Share",
    "StoredPaper",
    "with_all",
]
