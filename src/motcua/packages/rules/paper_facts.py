"""What the expressions of papers may read besides the fields of the form."""

from collections.abc import Mapping
from typing import Final

from motcua.expressions.terms import Kind
from motcua.forms.rules.names import FORM_FACTS

#: Facts of a dossier by name. `code`: of the dossier; `owner`, `submitter`: whose it is and who brings it; `result`:
#: the paper that answers it, once it is issued. A field of the same name hides a fact.
PAPER_FACTS: Final[Mapping[str, Kind]] = {
    **FORM_FACTS,
    "code": "text",
    "procedure_name": "text",
    "case_name": "text",
    "agency": "text",
    "received_at": "date",
    "due_at": "date",
    "owner.name": "text",
    "owner.personal_id": "text",
    "owner.address": "text",
    "submitter.name": "text",
    "result.number": "text",
    "result.symbol": "text",
    "result.issued_on": "date",
    "result.signer_name": "text",
    "result.signer_title": "text",
}
