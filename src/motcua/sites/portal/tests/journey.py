"""The way of a citizen through the hand-in pages, as a browser without scripts goes it."""

from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.tests.world import CODE, World
from motcua.sites.portal.tests.conftest import photo

START = f"/thu-tuc/{CODE}/nop/"
ME = {
    "owner-name": "Trần Văn Bình",
    "owner-personal_id": "022090001234",
    "owner-born": "2/9/1990",
    "owner-phone": "0987 654 321",
    "owner-address": "Tổ 1, khu 2",
}


def begun(client: Client) -> str:
    """Open a draft and return the address its pages hang below."""
    client.post(START)
    return f"{START}{Draft.objects.latest('id').pk}/"


def filled(client: Client, world: World) -> str:
    """Fill every page of a draft; return the address its pages hang below."""
    base = begun(client)
    client.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    client.post(f"{base}nop-cho-ai/", {"source": "self"})
    client.post(f"{base}thong-tin/", ME)
    client.post(f"{base}giay-to/", {"tep-to-khai": photo(), "go": "next"})
    client.post(f"{base}nhan-ket-qua/", {"result_channel": "in_person"})
    return base


def key_of(base: str) -> str:
    """Return the key under which the draft is handed in once."""
    return Draft.objects.get(pk=int(base.rstrip("/").rsplit("/", 1)[-1])).submission_key


def handed_in(client: Client, base: str, **more: str) -> HttpResponse:
    """Press the last button."""
    return client.post(f"{base}xem-lai/", {"key": key_of(base), "agreed": "on", **more})


def dossier_of(client: Client, world: World) -> Dossier:
    """Go the whole way; return the dossier."""
    handed_in(client, filled(client, world))
    return Dossier.objects.latest("id")


def read(client: Client, path: str) -> bytes:
    """Return the whole file behind an address, and close it."""
    answer = client.get(path)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    answer.close()
    return content
