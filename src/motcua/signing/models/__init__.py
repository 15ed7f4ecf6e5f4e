from motcua.signing.models.batch import SigningBatch, SigningItem

__all__ = ["SigningBatch", "SigningItem"]
