"""What changed in the form: values are never allowed to, fields of signatures may come and be signed."""

from __future__ import annotations

from typing import Any

import pikepdf

from motcua.trust.verifying.comparing import Comparison, is_array, is_dictionary, key_of, kind_of, value_of

_OF_SIGNERS = frozenset(("/SigFlags", "/DR", "/DA", "/NeedAppearances", "/Q"))
_FILLED_BY_SIGNING = ("/V", "/AP", "/AS", "/F", "/M", "/MK", "/DA", "/Lock", "/DR")
_LINKS = ("/Parent", "/P", "/Kids")
#: Rooms that our papers keep for number, day and signer, when they are initialled before they are issued.
_ROOM, _READ_ONLY = "issue-", 1


def compare_forms(comparison: Comparison) -> None:
    """Note what changed among the fields and in the form itself."""
    old, new = comparison.old.fields, comparison.new.fields
    for key, (name, field) in old.items():
        if key not in new:
            code = "signature_removed" if kind_of(field) == "/Sig" else "form_field_removed"
            comparison.say(code, name=name[:60])
        elif kind_of(field) == "/Sig":
            _compare_signature(comparison, name[:60], field, new[key][1])
        elif not _same_field(comparison, field, new[key][1]):
            filled = _is_filled_in(comparison, name, field, new[key][1])
            comparison.say("issue_filled" if filled else "form_value_changed", name=name[:60])
    for key, (name, field) in new.items():
        if key not in old:
            _judge_new(comparison, name[:60], field)
    _compare_form(comparison)


def _same_field(comparison: Comparison, old: Any, new: Any, without: tuple[str, ...] = ()) -> bool:
    """Whether a field is equal; links to other fields and pages are left to their own comparison."""
    atoms = comparison.old.atoms
    atoms.discard(key_of(old))
    same = comparison.same(old, new, without=(*_LINKS, *without))
    atoms.add(key_of(old))
    return same and key_of(old.get("/P")) == key_of(new.get("/P"))


def _is_filled_in(comparison: Comparison, name: str, old: Any, new: Any) -> bool:
    """Whether an empty room of ours for number, day or signer ("issue-…") was filled in with a signature, and no more.

    It showed nothing, nobody can type into it, it stays where it was; what it says is covered by a later signature.
    """
    flags: Any = old.get("/Ff", 0)
    if not name.startswith(_ROOM) or kind_of(old) != "/Tx" or "/V" in old:
        return False
    if not isinstance(flags, int) or not flags & _READ_ONLY:
        return False
    before: Any = old.get("/AP", {}).get("/N") if is_dictionary(old.get("/AP")) else None
    after: Any = new.get("/AP") if is_dictionary(new.get("/AP")) else {}
    drew_nothing = isinstance(before, pikepdf.Stream) and not before.read_raw_bytes().strip()
    is_drawn = set(after.keys()) == {"/N"} and isinstance(after.get("/N"), pikepdf.Stream)
    only_that = _same_field(comparison, old, new, ("/V", "/AP")) and isinstance(new.get("/V"), pikepdf.String)
    return drew_nothing and is_drawn and only_that and _is_signed_since(comparison)


def _is_signed_since(comparison: Comparison) -> bool:
    values = [field.get("/V") for _, field in comparison.new.fields.values() if kind_of(field) == "/Sig"]
    signed = [one for one in values if is_dictionary(one) and str(one.get("/SubFilter", "")) != "/ETSI.RFC3161"]
    return any(_is_new(comparison, one) for one in signed)


def _compare_signature(comparison: Comparison, name: str, old: Any, new: Any) -> None:
    if is_dictionary(old.get("/V")):
        if not _same_field(comparison, old, new):
            comparison.say("signature_changed", name=name)
    elif _same_field(comparison, old, new):
        return
    elif _same_field(comparison, old, new, _FILLED_BY_SIGNING) and _is_new(comparison, new.get("/V")):
        comparison.say("signature_added", name=name)
        if any(lock.holds(name) for lock in comparison.locks):
            comparison.say("locked")
    else:
        comparison.say("signature_changed", name=name)


def _judge_new(comparison: Comparison, name: str, field: Any) -> None:
    kind = kind_of(field)
    if kind != "/Sig":
        is_group = not kind and "/T" in field and "/Kids" in field
        if not is_group:
            comparison.say("form_field_added", name=name)
        return
    value = value_of(field)
    if any(action in field for action in ("/A", "/AA")):
        comparison.say("script_changed")
    if not is_dictionary(value):
        _judge_unsigned(comparison, name, field)
    elif not _is_new(comparison, value):
        comparison.say("signature_borrowed", name=name)
    elif str(value.get("/SubFilter", "")) == "/ETSI.RFC3161":
        comparison.say("timestamp_added", name=name)
    else:
        comparison.say("signature_added", name=name)


def _is_new(comparison: Comparison, value: Any) -> bool:
    """Whether a signature reaches beyond the older revision: else it is an old one borrowed for another field."""
    span: Any = value.get("/ByteRange") if is_dictionary(value) else None
    try:
        return is_array(span) and int(span[2]) + int(span[3]) > comparison.signed_to
    except (ValueError, TypeError, IndexError):
        return False


def _judge_unsigned(comparison: Comparison, name: str, field: Any) -> None:
    """A field that waits for a signature may come, but it may not show anything."""
    if "/AP" in field or "/MK" in field:
        comparison.say("form_field_added", name=name)
    else:
        comparison.say("signature_field_added", name=name)


def _compare_form(comparison: Comparison) -> None:
    old: Any = comparison.old.pdf.Root.get("/AcroForm")
    new: Any = comparison.new.pdf.Root.get("/AcroForm")
    if not is_dictionary(old) and not is_dictionary(new):
        return
    before = set(old.keys()) if is_dictionary(old) else set()
    after = set(new.keys()) if is_dictionary(new) else set()
    loose, then = comparison.old.loose_fields, comparison.new.loose_fields
    if len(loose) != len(then) or not all(comparison.same(a, b) for a, b in zip(loose, then, strict=True)):
        comparison.say("form_changed")
    fills = any(kind_of(field) not in {"/Sig", ""} for _, field in comparison.new.fields.values())
    apart = {"/Fields"} if fills else {"/Fields", *_OF_SIGNERS}
    for key in sorted((before | after) - apart - {"/SigFlags"}):
        if key not in before or key not in after or not comparison.same(old.get(key), new.get(key)):
            comparison.say("form_changed")
