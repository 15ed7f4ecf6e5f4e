from motcua.signing.models.batch import SigningBatch, SigningItem
from motcua.signing.models.images import SealImage, SignatureImage

__all__ = ["SealImage", "SignatureImage", "SigningBatch", "SigningItem"]
