"""Words of the room: directions, states of an order, sheets, money."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices


class Direction(TextChoices):
    """Thu gom hồ sơ (from the citizen) or chuyển trả kết quả (to the citizen)."""

    PICK_UP = "pick_up", "Gom hồ sơ"
    DELIVERY = "delivery", "Phát kết quả"


class OrderState(TextChoices):
    """Where an order stands; the first four are those of a pick-up, see `NATIONAL_CODES`."""

    REGISTERED = "registered", "Đã đăng ký"
    COLLECTING = "collecting", "Đang đi gom hồ sơ"
    HANDED_IN = "handed_in", "Đã giao hồ sơ cho Bộ phận Một cửa"
    CANCELLED = "cancelled", "Đã hủy"
    HANDED_TO_POST = "handed_to_post", "Bưu điện đã nhận kết quả"
    ON_THE_WAY = "on_the_way", "Đang đi phát"
    DELIVERED = "delivered", "Đã phát"
    UNDELIVERED = "undelivered", "Chưa phát được"
    BACK = "back", "Đã chuyển hoàn về Bộ phận Một cửa"


#: Codes of the collection of a dossier in the national systems (domain facts 3.4); 0 = no order.
NATIONAL_CODES: Mapping[str, int] = MappingProxyType(
    {OrderState.REGISTERED: 1, OrderState.COLLECTING: 2, OrderState.HANDED_IN: 3, OrderState.CANCELLED: 4}
)
NO_PICK_UP = 0

#: States from which nothing follows.
ENDED = frozenset({OrderState.HANDED_IN, OrderState.CANCELLED, OrderState.DELIVERED, OrderState.BACK})
LIVE = frozenset(set(OrderState) - ENDED)


class SheetKind(TextChoices):
    """Bảng kê bàn giao: what goes from whom to whom."""

    TO_CENTRE = "to_centre", "Bàn giao hồ sơ cho Bộ phận Một cửa"
    TO_POST = "to_post", "Bàn giao kết quả cho bưu điện"
    BACK = "back", "Chuyển hoàn kết quả chưa phát được"


class Purpose(TextChoices):
    """What money was taken for. Taxes are no phí, lệ phí: they have a list and a receiver of their own."""

    FEE = "fee", "Phí, lệ phí, tiền thu hộ"
    TAX = "tax", "Thuế, khoản thu từ đất"


class CarrierState(TextChoices):
    """What the post company's system said of an order."""

    NONE = "", "Không dùng hệ thống của bưu điện"
    WAITING = "waiting", "Chờ gửi"
    ACCEPTED = "accepted", "Đã nhận đơn"
    REFUSED = "refused", "Không nhận đơn"


#: Verbs of the journal in words.
ACT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "postal.order_registered": "Đăng ký đơn bưu chính",
        "postal.pick_up_started": "Đi gom hồ sơ",
        "postal.papers_collected": "Đã lấy được hồ sơ",
        "postal.papers_handed_in": "Bưu điện giao hồ sơ cho Bộ phận Một cửa",
        "postal.order_cancelled": "Hủy đơn bưu chính",
        "postal.result_handed_over": "Giao kết quả cho bưu điện",
        "postal.set_out": "Đi phát kết quả",
        "postal.delivered": "Bưu điện phát kết quả",
        "postal.undelivered": "Chưa phát được kết quả",
        "postal.back_at_desk": "Chuyển hoàn kết quả về Bộ phận Một cửa",
        "postal.waybill_given": "Gán mã vận đơn",
        "postal.waybill_withdrawn": "Thu hồi mã vận đơn",
        "postal.sheet_made": "Lập bảng kê bàn giao",
        "postal.sheet_taken": "Nhận bàn giao theo bảng kê",
        "postal.sheet_dropped": "Hủy bảng kê bàn giao",
        "postal.money_taken": "Bưu điện thu tiền",
        "postal.money_closed": "Chốt tiền đã thu",
        "postal.money_received": "Nhận tiền bưu điện nộp",
        "postal.carrier_accepted": "Hệ thống bưu điện nhận đơn",
        "postal.carrier_refused": "Hệ thống bưu điện không nhận đơn",
    }
)
