"""Sổ bằng chứng as citizens see it: acts proved, a tampered one told, corrections beside what stood before."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import IssuedPaper
from motcua.dossiers.papers.compose import verify_url
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.providers.keys import head_key, new_key
from motcua.evidence.queries.heads import origin_of_log
from motcua.evidence.tests.scene import run_verifier
from motcua.journal.models import Entry
from motcua.journal.queries import entries_about
from motcua.sites.backoffice.tests.conftest import text_of
from motcua.sites.kit.evidence import OPEN_ACTS, evidence_of


@pytest.fixture
def key(world: World, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key of the heads, outside the data folder."""
    path = tmp_path_factory.mktemp("key") / "head.pem"
    new_key(path, data=settings.DATA_DIR)
    settings.EVIDENCE_KEY = str(path)
    return path


def take_in() -> None:
    sequence_all(at=AT)
    assert make_head(at=AT) is not None


def test_each_act_is_proved_to_its_applicant(world: World, citizen: Client, key: Path, tmp_path: Path) -> None:
    dossier = bring(world, "handling")
    page = reverse("portal:dossier_evidence", args=[dossier.code])
    assert page in citizen.get(reverse("portal:dossier", args=[dossier.code])).content.decode()
    assert "đang chờ vào sổ" in text_of(citizen.get(page))
    take_in()
    text = text_of(citizen.get(page))
    assert text.count("có trong sổ đã ký") == entries_about(dossier).count()
    received = Entry.objects.get(verb="dossier.received")
    answer = citizen.get(reverse("portal:proof", args=[dossier.code, received.pk]))
    proof = tmp_path / "proof.json"
    proof.write_bytes(answer.content)
    public = head_key(origin_of_log())
    assert public is not None
    assert run_verifier([str(proof), "--key", public.public.text()])[0] == 0
    inside = entries_about(dossier).exclude(verb__in=OPEN_ACTS)
    said = json.loads(citizen.get(reverse("portal:proof", args=[dossier.code, inside[0].pk])).content)
    assert (said["content"], said["about"]) == (None, {})  # the agency's own work is proved by its hash only


def test_a_tampered_act_is_told_on_the_page(world: World, citizen: Client, key: Path) -> None:
    dossier = bring(world, "handling")
    take_in()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET at = at - interval '1 day' WHERE verb = 'dossier.received'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    text = text_of(citizen.get(reverse("portal:dossier_evidence", args=[dossier.code])))
    assert text.count("không khớp sổ: đã bị sửa") == 1


def test_a_receipt_is_proved_by_its_qr(world: World, citizen: Client, key: Path) -> None:
    dossier = bring(world, "handling")
    take_in()
    path = "/" + verify_url(dossier, "receipt", 1).split("/", 3)[3]
    assert "việc lập giấy này có trong sổ đã ký" in text_of(citizen.get(path))
    IssuedPaper.objects.update(data={**IssuedPaper.objects.get(form="receipt").data, "abstract": "đã sửa"})
    assert "việc lập giấy này có trong sổ đã ký" not in text_of(citizen.get(path))


def test_a_correction_stands_beside_what_was_there_before(world: World, key: Path) -> None:
    """Corrections are acts that add, with reason and approver: before and after stay provable."""
    dossier = perform(world, Act.DECIDE_CORRECTION, bring(world, "correcting"))
    take_in()
    _head, rows = evidence_of(dossier)
    assert {row.proved.standing for row in rows} == {"proved"}
    proposed = next(row.entry for row in rows if row.entry.verb == "dossier.correction_proposed")
    decided = next(row.entry for row in rows if row.entry.verb == "dossier.correction_decided")
    assert proposed.data["changes"] == decided.data["changes"] == {"owner.name": ["Nguyễn Thị Hoà", "Nguyễn Thị Hậu"]}
    assert proposed.data["reason"]
    assert (proposed.actor_name, decided.actor_name) == (world.clerk.name, world.head.name)
    prints = list(IssuedPaper.objects.filter(dossier=dossier, form="receipt").order_by("version"))
    assert [one.data["submitter"]["name"] for one in prints] == ["Nguyễn Thị Hoà", "Nguyễn Thị Hậu"]


def test_the_heads_are_public(world: World, client: Client, key: Path) -> None:
    assert "Chưa có đầu sổ nào" in text_of(client.get("/bang-chung/"))
    bring(world, "handling")
    take_in()
    head = client.get("/bang-chung/dau-so.json").json()
    assert head["root"] in text_of(client.get("/bang-chung/"))
    assert client.get("/bang-chung/dau-so.txt").content.decode() == head["note"]
    size = head["size"]
    growth = client.get(f"/bang-chung/noi-tiep.json?tu=1&den={size}").json()
    assert (growth["from"], growth["to"]) == (1, size)
    assert growth["path"]
    assert client.get(f"/bang-chung/noi-tiep.json?tu=0&den={size}").status_code == 404
    assert client.get("/bang-chung/noi-tiep.json?tu=x&den=9999999").status_code == 404
