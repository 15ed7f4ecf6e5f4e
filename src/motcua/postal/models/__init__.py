from motcua.postal.models.money import MoneyHandover, PostalReceipt
from motcua.postal.models.order import PostalCounter, PostalOrder, PostalSheet, PostalSheetItem

__all__ = ["MoneyHandover", "PostalCounter", "PostalOrder", "PostalReceipt", "PostalSheet", "PostalSheetItem"]
