"""Words of the room: states of a transfer sheet, ways a tax was paid."""

from django.db.models import TextChoices


class SheetState(TextChoices):
    """Where a transfer sheet stands at the tax office."""

    WAITING = "waiting", "Chờ cơ quan thuế"
    ANSWERED = "answered", "Đã có thông báo"
    NOTHING_DUE = "nothing_due", "Không phát sinh nghĩa vụ"
    RETURNED = "returned", "Cơ quan thuế trả lại"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class PaidBy(TextChoices):
    """How a notice was paid."""

    POST = "post", "Bưu điện thu hộ"
    OTHER = "other", "Nộp qua ngân hàng, kho bạc, Cổng dịch vụ công"
