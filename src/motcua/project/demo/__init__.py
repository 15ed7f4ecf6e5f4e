"""The demo province: Quảng Ninh today with invented people, real procedures, and a year of dossiers made by acts."""

from motcua.project.demo.accounts import demo_accounts as accounts
from motcua.project.demo.load import load

__all__ = ["accounts", "load"]
