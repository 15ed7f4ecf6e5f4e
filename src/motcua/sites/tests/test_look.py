"""The visual language: contrast, weight, and the living style page."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from motcua.dossiers.terms import Status

MOST_CSS = 5 * 1024  # bytes, compressed with Brotli
AA_TEXT, AA_EDGE = 4.5, 3.0


def _css(name: str) -> str:
    return Path(str(finders.find(f"ui/{name}"))).read_text(encoding="utf-8")


TOKENS = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", _css("ui.css")))


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(char * 2 for char in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(TOKENS[one]), _luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(text, ground) for text in ("ink", "ink-2", "indigo", "cinnabar") for ground in ("paper", "mist")],
        *[("ink", f"{dye}-mist") for dye in ("indigo", "cinnabar", "turmeric", "rice")],
        *[("paper", dye) for dye in ("indigo", "indigo-deep", "cinnabar", "rice")],
        ("indigo", "indigo-mist"),
        ("cinnabar", "cinnabar-mist"),
        ("turmeric-deep", "turmeric-mist"),
        ("turmeric-deep", "paper"),
        ("rice", "rice-mist"),
        ("rice", "paper"),
        ("ink", "turmeric"),
    ],
)
def test_text_is_readable(text: str, ground: str) -> None:
    assert _contrast(text, ground) >= AA_TEXT


@pytest.mark.parametrize(
    ("edge", "ground"), [("edge", "paper"), ("edge", "mist"), ("turmeric", "indigo-deep"), ("ink", "turmeric")]
)
def test_edges_are_seen(edge: str, ground: str) -> None:
    assert _contrast(edge, ground) >= AA_EDGE


def test_the_citizens_style_sheet_is_light() -> None:
    assert len(brotli.compress(_css("ui.css").encode(), quality=11)) <= MOST_CSS


def test_every_status_has_its_shape() -> None:
    assert {int(code) for code in re.findall(r"\.st-(\d+)::before", _css("ui.css"))} == set(Status)


@pytest.mark.django_db
def test_the_style_page_shows_every_part(client: Client) -> None:
    response = client.get("/kieu-dang/")
    page = response.content.decode()
    assert response.status_code == 200
    for status in Status:
        assert f'class="st st-{status.value}">{status.label}<' in page
    for part in ("thread", "clock open", "clock late", "summary", "stub", "calendar", "papers", "queues", "bench"):
        assert f'class="{part}"' in page


@pytest.mark.django_db
def test_errors_lead_to_their_fields(client: Client) -> None:
    page = client.get("/kieu-dang/").content.decode()
    for target in re.findall(r'<a href="#(loi_[a-z_0-9]+)"', page):
        assert f'id="{target}"' in page
    assert 'href="#loi_result_channel_0"' in page
    assert 'aria-describedby="loi_born_helptext loi_born_error"' in page


@pytest.mark.django_db
def test_nothing_on_a_page_needs_an_exception_to_the_security_policy(client: Client) -> None:
    page = client.get("/kieu-dang/").content.decode()
    assert not re.search(r"<script|\sstyle=|\son[a-z]+=|<style", page)
