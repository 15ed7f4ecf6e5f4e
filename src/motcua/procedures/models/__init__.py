"""Tables of the room."""

from motcua.procedures.models.drafting import Drafting
from motcua.procedures.models.offering import Offering
from motcua.procedures.models.procedure import Domain, Procedure
from motcua.procedures.models.version import ProcedureVersion

__all__ = ["Domain", "Drafting", "Offering", "Procedure", "ProcedureVersion"]
