"""The e-form in bodies of writes: nested answers become what one would type."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers.access import get_visible
from motcua.forms.rules.answers import Typed, flatten
from motcua.forms.terms import Form
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.procedures.queries import current_version


def typed_for(procedure: str, answers: Mapping[str, Any], at: datetime) -> Typed:
    """Return the answers as typed into the form that the procedure has at that moment."""
    if not answers:
        return {}
    try:
        form = current_version(procedure, at).content.form
    except NotFound:  # the act says it better, with everything else
        form = None
    return _flat(form, answers)


def typed_on(actor: Actor, dossier_id: int, answers: Mapping[str, Any]) -> Typed:
    """Return the answers as typed into the form of a dossier; raises NotFound."""
    return _flat(get_visible(actor, dossier_id).definition.form, answers) if answers else {}


def _flat(form: Form | None, answers: Mapping[str, Any]) -> Typed:
    if form is None:
        return dict.fromkeys(answers, "?")  # refused by the act: there is no form
    try:
        return flatten(form, answers)
    except RecursionError:
        raise Invalid(Problem("too_deep", "Các câu trả lời lồng nhau quá sâu.", "form")) from None
