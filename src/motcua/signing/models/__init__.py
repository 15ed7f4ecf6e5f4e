from motcua.signing.models.archive import ArchivedPaper
from motcua.signing.models.batch import SigningBatch, SigningItem
from motcua.signing.models.images import SealImage, SignatureImage
from motcua.signing.models.keys import KeyFile, KeyOffer, PreferredKey, SigningService

__all__ = [
    "ArchivedPaper",
    "KeyFile",
    "KeyOffer",
    "PreferredKey",
    "SealImage",
    "SignatureImage",
    "SigningBatch",
    "SigningItem",
    "SigningService",
]
