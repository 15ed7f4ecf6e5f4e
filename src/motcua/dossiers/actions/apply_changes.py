"""Sửa thông tin hồ sơ: what correcting at once and approving a correction have in common."""

from collections.abc import Mapping

from motcua.dossiers.actions.opening import search_keys_of
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.answering import PREFIX
from motcua.dossiers.rules.corrections import label_of, parse_day

#: What of the dossier itself `apply_changes` may have changed.
CHANGED = ("abstract", "set_count", "result_channel", "result_place", "search_keys")


def apply_changes(dossier: Dossier, values: Mapping[str, str]) -> str:
    """Put the values into dossier and parties and return the labels of what changed; the dossier is not saved yet.

    Answers of the e-form are only named: they are kept elsewhere.

    A dossier and its parts have the same parties, so the parts are filed anew under the changed names.
    """
    for name, value in values.items():
        if not name.startswith(PREFIX):
            _apply(dossier, name, value)
    dossier.search_keys = search_keys_of(dossier)
    for part in dossier.parts.select_related("parent", "owner", "submitter"):
        part.search_keys = search_keys_of(part)
        part.save(update_fields=["search_keys"])
    return ", ".join(label_of(name, dossier.definition.form) for name in values)


def _apply(dossier: Dossier, name: str, value: str) -> None:
    target, _, field = name.rpartition(".")
    if not target:
        setattr(dossier, field, int(value) if field == "set_count" else value)
        return
    party: Party = getattr(dossier, target)
    setattr(party, field, parse_day(value) if field == "born" else value)
    party.save(update_fields=[field])
