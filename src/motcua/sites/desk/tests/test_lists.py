"""The list of work: filters, orders, kept lists, sheets of paper, Excel files."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from motcua.dossiers.actions.keep_list import MOST_LISTS
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.models import Dossier, SavedList
from motcua.dossiers.rules.application import ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.world import World, moment
from motcua.files.actions.store import store_paper
from motcua.journal.models import Entry
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_pages import cost

CEILING = 15
TAM = PartyFacts("Lê Văn Tám", personal_id="022090005678", phone="0987654321", address="Tổ 9")


@pytest.fixture
def two(world: World) -> tuple[Dossier, Dossier]:
    first = world.received(moment(2, 8))
    second = world.received(moment(2, 8, 30), owner=TAM, channel=Channel.POST)
    shelve_dossier(actor=world.clerk, dossier_id=second.pk, at=moment(2, 8, 40), shelf="K2-05")
    return first, second


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ("q=le+van+tam", [1]), ("q=0987654321", [1]), ("q=022090005678", [1]), ("q=@@@", []), ("q=%E2%80%8B@", []),
        ("kenh=post", [1]), ("ke=K2-05", [1]), ("ke=z", []), ("thu-tuc=1.001193", [0, 1]), ("thu-tuc=9", []),
        ("linh-vuc=HT", [0, 1]), ("nguoi=toi", [0, 1]), ("nguoi=chua-giao", []), ("nguoi=999999", []),
        ("nguoi=abc", []), ("han=con-han", [0, 1]), ("han=qua-han", []), ("trang-thai=2", [0, 1]), ("trang-thai=9", []),
        ("trang-thai=77", [0, 1]), ("don-vi=99999999999999999999", [0, 1]), ("q=tam&kenh=in_person", []),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(
    world: World, sign_in: SignIn, two: tuple[Dossier, Dossier], query: str, shows: list[int]
) -> None:
    queries, text = cost(sign_in(world.clerk), f"/mot-cua/?{query}")
    assert queries <= CEILING
    assert [place for place, one in enumerate(two) if f"/mot-cua/ho-so/{one.code}/" in text] == shows


def test_without_a_letter_nothing_is_found(world: World, sign_in: SignIn, two: tuple[Dossier, Dossier]) -> None:
    text = text_of(sign_in(world.clerk).get("/mot-cua/tim/?q=@@@"))
    assert "Không tìm thấy hồ sơ nào" in text
    assert two[0].code not in text


@pytest.mark.parametrize(
    ("sort", "order"), [("", [0, 1]), ("cu", [0, 1]), ("moi", [1, 0]), ("buoc", [0, 1]), ("x", [0, 1])]
)
def test_orders_go_on_page_by_page(
    world: World,
    sign_in: SignIn,
    two: tuple[Dossier, Dossier],
    sort: str,
    order: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from motcua.dossiers.queries.work import Box, Work

    work, seen, cursor = Work(world.clerk, moment(2, 12)), [], ""
    while True:
        page = work.page(Box.ALL, sort=sort, cursor=cursor, limit=1)
        seen += [one.pk for one in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == [two[place].pk for place in order]
    assert sign_in(world.clerk).get(f"/mot-cua/?xep={sort}&sau=xx").status_code == 422


def test_the_next_day_and_its_words(world: World, sign_in: SignIn) -> None:
    from motcua.dossiers.queries.narrowing import Due, Wanted
    from motcua.dossiers.queries.work import Box, Work
    from motcua.sites.desk.rows import rows_of

    dossier = world.received(moment(2, 8))
    assert dossier.due_at is not None
    for days, due, words, tone in [
        (1, Due.TOMORROW, "Hẹn trả ngày mai", "soon"), (0, Due.TODAY, "Hẹn trả hôm nay", "today"),
        (-1, Due.LATE, "Quá hạn 1 ngày", "late"),
    ]:  # fmt: skip
        at = dossier.due_at - timedelta(days=days, hours=1)
        found = Work(world.clerk, at).page(Box.ALL, Wanted(due=due)).rows
        row = rows_of(found, at)[0]
        assert (row.face.short or row.face.text, row.tone) == (words, tone)
        assert "Hẹn trả" in row.why


def test_an_answered_request_is_the_turn_of_the_office(world: World, sign_in: SignIn) -> None:
    paper = store_paper(b"%PDF-1.4 x", name="x.pdf", at=moment(2, 8))
    files = (ComponentFacts("to-khai", files=(FileRef(paper.sha256, "x.pdf"),)),)
    application = world.application(channel=Channel.ONLINE, components=files)
    dossier = submit_dossier(actor=world.citizen, application=application, at=moment(2, 8))
    asked = {"actor": world.clerk, "dossier_id": dossier.pk, "at": moment(2, 8, 5)}
    request_supplement(**asked, grounds=[Ground("unsigned", "to-khai")])
    client = sign_in(world.clerk)
    assert "Yêu cầu bổ sung giấy tờ</strong>" in text_of(client.get("/mot-cua/?loc=cho-bo-sung"))
    supplement_dossier(actor=world.citizen, dossier_id=dossier.pk, at=moment(2, 8, 30), note="Đã ký")
    for address in (
        "/mot-cua/?loc=cho-tiep-nhan",
        f"/mot-cua/ho-so/{dossier.code}/",
        f"/mot-cua/tim/?q={dossier.code[:9]}&trang-thai=5",
    ):
        text = text_of(client.get(address))
        assert "Yêu cầu bổ sung giấy tờ</strong>" not in text, address
    assert "Đã bổ sung, chờ tiếp nhận" in text_of(client.get("/mot-cua/?loc=cho-tiep-nhan"))
    assert Dossier.objects.get(pk=dossier.pk).status == 5


def test_lists_are_kept_opened_first_and_put_in_order(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    for name in ("Qua bưu chính", "Của tôi"):
        answer = client.post("/mot-cua/bo-loc/", {"keep": "1", "name": name, "query": "kenh=post&sau=xyz&la=1"})
        assert answer.status_code == 302
    first, second = SavedList.objects.order_by("position")
    assert (first.query, second.position) == ("kenh=post", 2)
    client.post("/mot-cua/bo-loc/", {"up": second.pk})
    assert [one.pk for one in SavedList.objects.order_by("position")] == [second.pk, first.pk]
    client.post("/mot-cua/bo-loc/", {"first": first.pk})
    assert client.get("/mot-cua/")["Location"] == "/mot-cua/?kenh=post"
    client.post("/mot-cua/bo-loc/", {"not_first": first.pk})
    assert client.get("/mot-cua/").status_code == 200
    client.post("/mot-cua/bo-loc/", {"drop": second.pk})
    assert SavedList.objects.get().pk == first.pk
    client.post("/mot-cua/bo-loc/", {"keep": "1", "name": "Qua bưu chính", "query": "han=qua-han"})
    assert SavedList.objects.get().query == "han=qua-han"
    assert "Qua bưu chính" in text_of(client.get("/mot-cua/?han=qua-han"))


def test_only_leaders_share_and_only_owners_change(world: World, sign_in: SignIn) -> None:
    clerk, head = sign_in(world.clerk), sign_in(world.head)
    said = {"keep": "1", "name": "Chờ phân công", "query": "loc=cho-phan-cong", "unit": world.division.pk}
    assert clerk.post("/mot-cua/bo-loc/", said).status_code == 422
    assert head.post("/mot-cua/bo-loc/", said).status_code == 302
    shared = SavedList.objects.get()
    assert Entry.objects.filter(verb="list.shared").count() == 1
    assert "Chờ phân công" in text_of(sign_in(world.specialist).get("/mot-cua/bo-loc/"))
    assert "Chờ phân công" not in text_of(clerk.get("/mot-cua/bo-loc/"))
    assert sign_in(world.specialist).post("/mot-cua/bo-loc/", {"drop": shared.pk}).status_code == 404
    assert clerk.post("/mot-cua/bo-loc/", {"keep": "1", "name": " ", "query": ""}).status_code == 422
    for number in range(MOST_LISTS + 1):
        answer = clerk.post("/mot-cua/bo-loc/", {"keep": "1", "name": f"Số {number}", "query": "q=a"})
    assert answer.status_code == 422


def sheet_of(answer: object) -> list[list[object]]:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_excel_file_holds_people_only_when_asked_and_is_journalled(
    world: World, sign_in: SignIn, two: tuple[Dossier, Dossier]
) -> None:
    client = sign_in(world.clerk)
    plain = sheet_of(client.post("/mot-cua/danh-sach.xlsx?kenh=post"))
    assert plain[3][0] == "Mã hồ sơ"
    assert len(plain) == 5
    assert plain[4][0] == two[1].code
    assert "L. V. Tám" in plain[4]
    assert "0987654321" not in plain[4]
    whole = sheet_of(client.post("/mot-cua/danh-sach.xlsx", {"people": "1"}))
    assert whole[5][-3:] == ["022090005678", "0987654321", "Tổ 9"]
    entries = Entry.objects.filter(verb="list.exported").order_by("id")
    assert [one.data["personal_data"] for one in entries] == [False, True]
    assert entries[0].data["query"] == "kenh=post"
    found = sheet_of(client.post("/mot-cua/tim.xlsx?q=hoa"))
    assert [row[0] for row in found[4:]] == [two[0].code]


def test_personal_data_do_not_leave_with_those_who_only_work_on_them(
    world: World, sign_in: SignIn, two: tuple[Dossier, Dossier]
) -> None:
    client = sign_in(world.specialist)
    assert client.post("/mot-cua/danh-sach.xlsx", {"people": "1"}).status_code == 403
    assert "022090005678" not in str(sheet_of(client.post("/mot-cua/danh-sach.xlsx")))
    assert Entry.objects.filter(verb="list.exported").count() == 1


def test_what_people_typed_stays_text(world: World, sign_in: SignIn) -> None:
    world.received(owner=PartyFacts("=HYPERLINK(1)", personal_id="022090005678", phone="0987654321"))
    row = sheet_of(sign_in(world.clerk).post("/mot-cua/danh-sach.xlsx", {"people": "1"}))[4]
    assert "=HYPERLINK(1)" in row
    assert "022090005678" in row


def test_the_sheet_of_paper_says_who_and_why(world: World, sign_in: SignIn, two: tuple[Dossier, Dossier]) -> None:
    queries, text = cost(sign_in(world.clerk), "/mot-cua/danh-sach/in/?kenh=post")
    assert queries <= CEILING
    assert world.clerk.name in text
    assert two[1].code in text
    assert two[0].code not in text
    assert "ngày làm việc" in text


def test_favourite_procedures_stand_on_top(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clerk)
    assert "Thủ tục ưa dùng" not in text_of(client.get("/mot-cua/tiep-nhan/"))
    for _twice in range(2):
        client.post("/mot-cua/tiep-nhan/ua-dung/", {"add": "1.001193"})
    assert "Thủ tục ưa dùng của tôi" in text_of(client.get("/mot-cua/tiep-nhan/"))
    assert "Bỏ khỏi thủ tục ưa dùng" in text_of(client.get("/mot-cua/tiep-nhan/1.001193/"))
    client.post("/mot-cua/tiep-nhan/ua-dung/", {"remove": "1.001193"})
    assert "Thủ tục ưa dùng của tôi" not in text_of(client.get("/mot-cua/tiep-nhan/"))
    assert client.post("/mot-cua/tiep-nhan/ua-dung/", {"add": "9.9"}).status_code == 404
    assert client.get("/mot-cua/tiep-nhan/?q=1.001193")["Location"] == "/mot-cua/tiep-nhan/1.001193/"
