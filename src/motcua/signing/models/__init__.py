from motcua.signing.models.archive import ArchivedPaper
from motcua.signing.models.batch import SigningBatch, SigningItem
from motcua.signing.models.images import SealImage, SignatureImage

__all__ = ["ArchivedPaper", "SealImage", "SignatureImage", "SigningBatch", "SigningItem"]
