"""A ward with its citizen in front of the portal."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.dossiers.tests.world import World, definition
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.identity.tests.signing_in import sign_in_as


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    return World(definition()).build()


@pytest.fixture
def citizen(world: World, client: Client) -> Client:
    return signed_in(client, world.citizen)


def signed_in(client: Client, actor: Actor) -> Client:
    """Return the client with the actor's account signed in."""
    return sign_in_as(Account.objects.get(pk=actor.account_id), client)


def photo(name: str = "to-khai.png", colour: str = "white") -> SimpleUploadedFile:
    """Return a small picture as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
