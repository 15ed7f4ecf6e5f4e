"""The journal: who may read what, every condition, pages, files."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

import motcua
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.tests.mandates import lend
from motcua.dossiers.tests.world import World, moment
from motcua.identity.actions import note_sign_in
from motcua.identity.models import Account
from motcua.journal.actions import record
from motcua.journal.models import Entry
from motcua.sites.audit.urls import urlpatterns
from motcua.sites.audit.verbs import VERBS
from motcua.sites.audit.views.journal import MOST_ROWS
from motcua.sites.backoffice.tests.conftest import SignIn, text_of

CEILING = 15
#: The log: its three courses, heads, stamps, witnesses, alarms and the last check are asked one by one.
CEILINGS = {"evidence": 18}


def _body(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0] if "<tbody>" in page else ""


def test_every_page_opens_for_overseers_alone(world: World, sign_in: SignIn, overseer: Client) -> None:
    dossier = world.received()
    known: dict[str, list[str]] = {
        "journal_export": ["csv"],
        "replay": [dossier.code],
        "open": [dossier.code],
        "overdue_agency": [world.ward.slug],
        "delegation": [str(lend(world).pk)],
    }
    others = [sign_in(who) for who in (world.clerk, world.admin, world.citizen)]
    for pattern in urlpatterns:
        address = reverse(f"audit:{pattern.name}", args=known.get(str(pattern.name), []))
        assert b"".join(overseer.get(address)) or pattern.name == "replay"
        with CaptureQueriesContext(connection) as queries:
            page = overseer.get(address)
            assert b"".join(page) or pattern.name == "replay"
        assert page.status_code == (302 if pattern.name == "replay" else 200), address
        assert len(queries) <= CEILINGS.get(str(pattern.name), CEILING), (
            address,
            [query["sql"][:120] for query in queries],
        )
        assert Client().get(address).status_code == 302
        for client in others:
            assert client.get(address).status_code == 403


def test_a_browser_that_asks_for_english_still_gets_vietnamese_number_marks(world: World, overseer: Client) -> None:
    shown = text_of(overseer.get("/giam-sat/", headers={"accept-language": "en-GB,en;q=0.9"}))
    assert f"Tối đa {MOST_ROWS // 1000}.000 dòng" in shown


def test_entries_of_dossiers_units_and_the_catalogue(world: World, overseer: Client) -> None:
    dossier = world.received()
    rows = _body(text_of(overseer.get("/giam-sat/")))
    assert dossier.code in rows
    assert "Tiếp nhận hồ sơ" in rows
    assert "Lập đơn vị" in rows
    assert "Đăng ký tiếp nhận thủ tục" in rows


def test_only_what_is_overseen(world: World, ward_overseer: Client) -> None:
    dossier = world.received()
    page = text_of(ward_overseer.get("/giam-sat/"))
    assert dossier.code not in page
    assert world.division.name not in text_of(ward_overseer.get("/giam-sat/?viec=unit.created"))
    assert "Nhập thủ tục" in page
    assert not _body(text_of(ward_overseer.get("/giam-sat/", {"ho_so": dossier.code})))
    assert ward_overseer.get(f"/giam-sat/ho-so/{dossier.code}/mo/").status_code == 404
    asked = ward_overseer.get("/giam-sat/", {"don_vi": str(world.ward.pk)})
    assert asked.status_code == 422


def test_citizens_accounts_are_not_shown(world: World, overseer: Client) -> None:
    note_sign_in(account_id=world.citizen.known_id, way="password", ip="10.0.0.1", at=moment(2, 9))
    assert "Đăng nhập" not in _body(text_of(overseer.get("/giam-sat/")))


def test_every_condition(world: World, overseer: Client) -> None:
    dossier = world.received()
    ask = {"tu": "02/03/2026", "den": "02/03/2026", "nguoi": "can bo tiep nhan", "viec": "dossier.received"}
    whole = ask | {"ho_so": dossier.code.lower(), "don_vi": str(world.ward.pk)}
    assert dossier.code in _body(text_of(overseer.get("/giam-sat/", whole)))
    for name, value in (
        ("tu", "03/03/2026"),
        ("den", "01/03/2026"),
        ("nguoi", "khong co"),
        ("viec", "dossier.refused"),
        ("ho_so", "H49.61-260302-9999"),
        ("don_vi", str(world.other_ward.pk)),
    ):
        with CaptureQueriesContext(connection) as queries:
            page = text_of(overseer.get("/giam-sat/", whole | {name: value}))
        assert dossier.code not in _body(page), name
        assert len(queries) <= CEILING


def test_a_wrong_day_is_said(world: World, overseer: Client) -> None:
    page = overseer.get("/giam-sat/?tu=31/02/2026&nguoi=Hoa")
    assert page.status_code == 422
    assert "Không có ngày 31/02/2026" in text_of(page)
    assert 'value="Hoa"' in text_of(page)
    assert overseer.get("/giam-sat/nhat-ky.csv?tu=31/02/2026").status_code == 422
    assert overseer.get("/giam-sat/nhat-ky.pdf").status_code == 404


def test_pages_by_cursor(world: World, overseer: Client) -> None:
    with transaction.atomic():
        for number in range(120):
            record(
                world.admin, "unit.renamed", world.ward, at=moment(2, 8), data={"from": "A", "to": f"tên {number:03d}"}
            )
    seen: list[str] = []
    address = "/giam-sat/?viec=unit.renamed"
    while address:
        page = text_of(overseer.get(address))
        seen += re.findall(r"A → tên (\d{3})", page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = link[1].replace("&amp;", "&") if link else ""
    assert seen == [f"{number:03d}" for number in reversed(range(120))]


def _correct(world: World) -> str:
    dossier = world.received()
    correct_dossier(
        actor=world.clerk,
        dossier_id=dossier.pk,
        at=moment(2, 9, 15),
        changes={"owner.phone": "0988888888"},
        reason='=HYPERLINK("x")',
    )
    return dossier.code


def test_the_result_as_csv(world: World, overseer: Client) -> None:
    code = _correct(world)
    Account.objects.filter(pk=world.clerk.known_id).update(full_name="x")
    answer = overseer.get("/giam-sat/nhat-ky.csv", {"viec": "dossier.corrected"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    header, row = list(csv.reader(io.StringIO(text)))
    assert header[0] == "Thời điểm của việc"
    assert row[6] == code
    assert "Đã sửa: Số điện thoại chủ hồ sơ" in row[7]
    assert "0988888888" not in text
    assert not any(value.startswith(("=", "+", "-", "@")) for value in row)


def test_the_result_as_excel(world: World, overseer: Client) -> None:
    code = _correct(world)
    answer = overseer.get("/giam-sat/nhat-ky.xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert b"<f>" not in content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert code in [row[6] for row in rows]
    assert len(rows) == 4 + Entry.objects.count()
    answer.close()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_words(verb: str) -> None:
    assert VERBS[verb][0].isupper()


def test_every_verb_of_the_house_is_known() -> None:
    rooms = "dossier|unit|hours|post|account|token|procedure|calendar|clock|territories"
    verb = re.compile(rf'"((?:{rooms})\.[a-z_]+)"')
    known = {
        one for path in Path(motcua.__file__).parent.glob("*/actions/*.py") for one in verb.findall(path.read_text())
    }
    assert known <= set(VERBS), known - set(VERBS)
