"""Words of the room: kinds of books."""

from django.db.models import TextChoices


class BookKind(TextChoices):
    """Sổ chứng thực (Nghị định 23/2015/NĐ-CP, mẫu sổ chứng thực)."""

    COPY = "copy", "Bản sao từ bản chính"
    SIGNATURE = "signature", "Chữ ký"
    CONTRACT = "contract", "Hợp đồng, giao dịch"


#: The procedure "chứng thực bản sao từ bản chính".
CODE = "2.000815"
