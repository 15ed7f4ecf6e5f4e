from motcua.files.models.blob import Blob
from motcua.files.models.upload import Upload

__all__ = ["Blob", "Upload"]
