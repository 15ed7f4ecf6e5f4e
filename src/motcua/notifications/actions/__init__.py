from motcua.notifications.actions.mark_read import mark_all_read, mark_read
from motcua.notifications.actions.notify import notify, notify_accounts

__all__ = ["mark_all_read", "mark_read", "notify", "notify_accounts"]
