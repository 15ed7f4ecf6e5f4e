"""Every element of every procedure that ships, opened in the studio and saved as it is, says the same."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from motcua.packages.folders import files_in_resource
from motcua.packages.rules.files import definition_from_files
from motcua.procedures.terms import Definition
from motcua.sites.studio.forms.base import PartForm, Scene
from motcua.sites.studio.forms.general import GeneralForm
from motcua.sites.studio.parts import PARTS
from motcua.sites.studio.places import INSIDE, Place, elements

_FOLDER = files("motcua.project") / "packages"
CODES = sorted(one.name for one in _FOLDER.iterdir() if (one / "procedure.yaml").is_file())


@cache
def shipped(code: str) -> Definition:
    return definition_from_files(files_in_resource(_FOLDER / code))


def places(definition: Definition, name: str = "", around: Place | None = None) -> Iterator[Place]:
    """Every element, with those inside it."""
    for inner in INSIDE.get(name, ()):
        here = around.inside(inner) if around else Place((), inner)
        for number in range(len(elements(definition, here))):
            yield here.at(number)
            yield from places(definition, inner, here.at(number))


def posted(form: forms.Form) -> QueryDict:
    """What a browser sends of the form as it is shown."""
    data = QueryDict(mutable=True)
    for bound in form:
        value = bound.value()
        if isinstance(value, list | tuple):
            data.setlist(bound.name, [str(one) for one in value])
        elif value is not None and value is not False:
            shown = bound.field.widget.format_value(value)
            data[bound.name] = "on" if value is True else str(shown[0] if isinstance(shown, list) else shown or "")
    return data


def saved(kind: type[PartForm], scene: Scene) -> Any:
    form = kind(scene, data=posted(kind(scene)))
    assert form.is_valid(), (scene.place.path, form.errors.as_text())
    return form.build()


@pytest.mark.parametrize("code", CODES)
def test_every_element_stays(code: str) -> None:
    definition = shipped(code)
    for place in places(definition):
        index = place.index or 0
        value = elements(definition, place)[index]
        assert saved(PARTS[place.name].form, Scene(definition, place, value)) == value, place.path


@pytest.mark.parametrize("code", CODES)
def test_what_a_procedure_is_stays(code: str) -> None:
    definition = shipped(code)
    form = GeneralForm(definition, [], revision=1, data=posted(GeneralForm(definition, [], revision=1)))
    assert form.is_valid(), form.errors.as_text()
    assert form.build() == definition
