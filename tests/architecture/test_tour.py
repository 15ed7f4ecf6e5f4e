"""The tour names files that are there; every room says what it is."""

import re

from tests.architecture.source import ROOMS, ROOT, SRC

_TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
_PATH = re.compile(r"`((?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)?)(?::[^`]*)?`")


def test_every_file_of_the_tour_exists() -> None:
    named = set(_PATH.findall(_TOUR))
    assert len(named) > 40
    assert [name for name in sorted(named) if not (SRC / name).exists() and not (ROOT / name).exists()] == []


def test_every_act_of_the_catalogue_is_where_it_is_said_to_be() -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)`", (ROOT / "docs" / "acts.md").read_text(encoding="utf-8")))
    assert len(named) > 40
    places = (SRC, SRC / "dossiers" / "actions")
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


def test_every_room_has_a_page_about_itself() -> None:
    rooms = [*ROOMS, "kernel", "sites", "project"]
    assert [room for room in rooms if not (SRC / room / "README.md").exists()] == []
