"""Tables of the room."""

from motcua.identity.models.account import Account
from motcua.identity.models.delegation import Delegation
from motcua.identity.models.factor_rule import FactorRule
from motcua.identity.models.posting import Posting
from motcua.identity.models.secrets import ApiToken, OneTimeLink
from motcua.identity.models.tries import TryCount

__all__ = ["Account", "ApiToken", "Delegation", "FactorRule", "OneTimeLink", "Posting", "TryCount"]
