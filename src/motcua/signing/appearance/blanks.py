"""Rooms of a paper that is initialled before it has number, day and signer: kept by the first initials, filled later.

The paper names them itself (files/layout/decree30.typ: `blanks`). Their fields are called "issue-number-1" and so on:
by that the verifier (trust/verifying/forms.py) knows that filling them in with a later signature changes nothing else.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from motcua.signing.appearance.places import blanks_of
from motcua.signing.appearance.stamps import words_stamp
from motcua.signing.terms import Blank

#: What a room is called aloud, and how its words are set.
_LABELS: Final = {
    "blank_number": "Số văn bản",
    "blank_day": "Ngày, tháng, năm ban hành",
    "blank_date": "Ngày ban hành",
    "blank_title": "Quyền hạn, chức vụ người ký",
    "blank_signer": "Họ và tên người ký",
}
_LOOKS: Final[Mapping[str, dict[str, str]]] = {
    "blank_number": {"align": "right"},
    "blank_day": {"align": "left", "style": "italic"},
    "blank_date": {"align": "left"},
    "blank_title": {"align": "center", "weight": "bold"},
    "blank_signer": {"align": "center", "weight": "bold"},
}


def rooms_of(pdf: bytes) -> tuple[Blank, ...]:
    """Return the rooms of the paper, empty: fields to be made with its first initials."""
    return tuple(_rooms(pdf, {}))


def filled_rooms(pdf: bytes, words: Mapping[str, str]) -> tuple[Blank, ...]:
    """Return the rooms with what is written into them (`words`: "blank_number" → "05")."""
    return tuple(_rooms(pdf, words))


def _rooms(pdf: bytes, words: Mapping[str, str]) -> Iterator[Blank]:
    for what, number, place in blanks_of(pdf):
        label, said = _LABELS[what], words.get(what, "")
        left, bottom, right, top = place.box
        size = (round(right - left, 2), round(top - bottom, 2))
        drawn = words_stamp(said, label=label, size=size, **_LOOKS[what]) if said else None
        yield Blank(f"issue-{what.removeprefix('blank_')}-{number}", label, place, said, drawn)
