"""What the frozen values of definitions have in common: a base class and the patterns of their keys."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: Key of a case, a paper, a step.
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
#: Key of a field of a form: a name that expressions can read.
FieldKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
#: An expression of the house (README of the room `expressions`); "" where it may be absent.
Formula = Annotated[str, Field(max_length=2000)]


class Value(BaseModel):
    """A frozen value that knows all its fields and refuses others."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
