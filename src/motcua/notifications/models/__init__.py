from motcua.notifications.models.delivery import Delivery
from motcua.notifications.models.notice import Notice

__all__ = ["Delivery", "Notice"]
