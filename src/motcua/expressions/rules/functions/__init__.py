"""The functions of the language, by name; nothing else can be called."""

from collections.abc import Mapping
from types import MappingProxyType

from motcua.expressions.rules.functions.dates import DATE_FUNCTIONS
from motcua.expressions.rules.functions.lists import LIST_FUNCTIONS
from motcua.expressions.rules.functions.numbers import NUMBER_FUNCTIONS
from motcua.expressions.rules.functions.signature import Function
from motcua.expressions.rules.functions.texts import TEXT_FUNCTIONS

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {**LIST_FUNCTIONS, **NUMBER_FUNCTIONS, **DATE_FUNCTIONS, **TEXT_FUNCTIONS}
)

__all__ = ["FUNCTIONS", "Function"]
