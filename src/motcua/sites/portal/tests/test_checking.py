"""Kiểm tra giấy tờ: anybody drops a file, a picture of a QR code, a text; the answer is one line, then the details."""

import io
import json
from datetime import date
from typing import Any

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import perform
from motcua.dossiers.tests.world import OWNER, World, moment
from motcua.files.tests.conftest import pdf
from motcua.results.actions.issue import issue_result
from motcua.results.actions.revoke import revoke_paper
from motcua.results.models import StoredPaper
from motcua.results.papers import slip_pdf
from motcua.results.queries.checking import match_file
from motcua.results.rules.keys import keys_from_json
from motcua.results.rules.qr import data_of, read_qr
from motcua.results.rules.revisions import hashes_of
from motcua.results.tests.test_issue import solve_anew
from motcua.results.tests.world import LATER, file, issued
from motcua.signing.pades import sign_pdf
from motcua.signing.pades.archive import complete_archive
from motcua.signing.terms import SignaturePlan
from motcua.sites.portal.codes_in_pdf import codes_in_pdf
from motcua.trust.store import add_anchor
from motcua.trust.terms import Role
from tests.pki import demo_pki

SIGNED_AT = moment(3, 15)


@pytest.fixture
def demo_trust(world: World, settings: Any) -> None:
    """The house believes the root of the tests, as it would a State root that was put into DATA/trust."""
    for anchor in demo_pki().trust_store().anchors:
        add_anchor(settings.DATA_DIR / "trust", anchor.certificate, name="Thử", source="bài kiểm thử")


def signed() -> bytes:
    """A paper signed by a leader and sealed by the agency, with everything in it that proves it."""
    pki = demo_pki()
    paper, stamper = pdf(), pki.stamper(at=SIGNED_AT)
    officer = pki.officer("Hoàng Mạnh Cường", "UBND phường Hồng Gai")
    agency = pki.agency("UBND phường Hồng Gai")
    for name, role, holder in (("signer", Role.SIGNER, officer), ("seal", Role.SEAL, agency)):
        plan = SignaturePlan(name=name, role=role, at=SIGNED_AT)
        paper = sign_pdf(paper, plan, holder.signing_key(), stamper=stamper)
    return complete_archive(paper, stamper, pki.fetcher(at=SIGNED_AT), pki.trust_store(), at=SIGNED_AT)


def sent(client: Client, content: bytes, name: str = "giay.pdf") -> str:
    answer = client.post("/kiem-tra/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def revoked(world: World, found: StoredPaper, reason: str = "Cấp sai") -> None:
    decision = {"decision_number": "9/QĐ", "decided_on": date(2026, 3, 5), "reason": reason}
    revoke_paper(actor=world.chair, paper_id=found.pk, at=LATER, **decision)


def line(text: str) -> str:
    """The verdict's one line."""
    return text[text.index('class="verdict') :].partition("<h1>")[2].partition("</h1>")[0]


def test_the_page_asks_for_nothing_but_the_paper(client: Client, world: World) -> None:
    text = client.get("/kiem-tra/").content.decode()
    assert "Giấy tờ điện tử này có thật không?" in text
    assert client.post("/kiem-tra/", {}).status_code == 422


@pytest.mark.usefixtures("demo_trust")
def test_a_signed_paper_is_named_with_its_signers(client: Client) -> None:
    text = sent(client, signed())
    assert line(text) == "Giấy này còn nguyên vẹn, do UBND phường Hồng Gai ký ngày 03/03/2026."
    assert "Hoàng Mạnh Cường" in text
    assert "Chữ ký 2: chữ ký số của cơ quan" in text
    assert "15:00:00 03/03/2026" in text


@pytest.mark.usefixtures("demo_trust")
def test_a_changed_one_is_not_to_be_trusted(client: Client) -> None:
    content = bytearray(signed())
    place = content.index(b"stream") + 30
    content[place] ^= 1
    text = sent(client, bytes(content))
    assert line(text).startswith(("Không được tin", "Không đọc được"))


def test_a_paper_of_an_unknown_root_is_undecided(client: Client, world: World) -> None:
    text = sent(client, signed())
    assert "chưa xác định được người ký" in line(text)


def test_one_without_signature(client: Client, world: World) -> None:
    assert line(sent(client, pdf())) == "Tệp này không có chữ ký số."


def test_the_file_that_was_issued_is_known(client: Client, world: World) -> None:
    content = pdf()
    found = issued(world, scan=file(content=content))
    text = sent(client, content)
    assert line(text) == f"Đúng là tệp {world.ward.name} đã cấp, không bị sửa."
    assert "12/GKS" in text
    assert OWNER.name not in text
    revoke_paper(
        actor=world.chair,
        paper_id=found.pk,
        at=LATER,
        decision_number="9/QĐ",
        decided_on=date(2026, 3, 5),
        reason="Bí mật",
    )
    text = sent(client, content)
    assert line(text) == "Không được dùng giấy này: đã bị thu hồi."
    assert "9/QĐ" in text
    assert "Bí mật" not in text


def test_the_issued_file_with_something_added_is_seen(client: Client, world: World) -> None:
    content = pdf()
    issued(world, scan=file(content=content))
    text = sent(client, content + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert line(text) == "Không được tin giấy này: tệp đã bị sửa sau khi cấp."


def test_the_beginning_of_a_file_is_recognised() -> None:
    first = b"%PDF-1.7 a %%EOF\n"
    assert hashes_of(first + b"b %%EOF\r\n")[-2:] == hashes_of(first)[:2]
    assert len(hashes_of(b"%%EOF" * 500)) <= 121


def test_an_unknown_file_is_not(world: World) -> None:
    issued(world)
    assert match_file(b"%PDF-1.7 khac") is None


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "trong.pdf"), (b"MZ\x90", "virus.exe"), (b"%PDF-1.7\n", "hong.pdf"), (b"\x89PNG\r\n", "a.png")],
)
def test_no_file_breaks_the_page(client: Client, world: World, content: bytes, name: str) -> None:
    answer = client.post("/kiem-tra/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code in {200, 422}


def test_a_file_that_is_too_big_is_said_so(client: Client, world: World, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    assert line(sent(client, b"%PDF-" + b"0" * 2000)) == "Tệp quá lớn."


def test_nothing_is_kept(client: Client, world: World, settings: Any) -> None:
    sent(client, pdf())
    assert not list((settings.DATA_DIR / "blobs").rglob("*.*")) if (settings.DATA_DIR / "blobs").exists() else True


# QR codes


def test_a_qr_code_by_its_text_and_by_the_camera(client: Client, world: World) -> None:
    found = issued(world)
    data = data_of(found.issued.qr_text)
    for answer in (client.get(f"/K/{data}"), client.post("/kiem-tra/", {"text": found.issued.qr_text.lower()})):
        text = answer.content.decode()
        assert f"Giấy này có thật, do {world.ward.name} cấp ngày 03/03/2026." in text
        assert "ba số cuối 234" in text
        assert OWNER.personal_id not in text
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_photograph_of_a_qr_code(client: Client, world: World) -> None:
    found = issued(world)
    drawn = io.BytesIO()
    segno.make_qr(found.issued.qr_text, error="m").save(drawn, kind="png", scale=5, border=4)
    assert "Giấy này có thật" in line(sent(client, drawn.getvalue(), "chup.png"))


def test_a_revoked_one_is_told_by_its_qr_code(client: Client, world: World) -> None:
    found = issued(world)
    revoke_paper(
        actor=world.chair, paper_id=found.pk, at=LATER, decision_number="9", decided_on=date(2026, 3, 5), reason="x"
    )
    assert "đã bị thu hồi" in client.get(f"/K/{data_of(found.issued.qr_text)}").content.decode()
    listed = client.get("/kiem-tra/khoa.json")
    keys = keys_from_json(listed.content.decode())
    assert keys.is_revoked(found.issued.code)
    assert found.issued.code not in listed.content.decode()


def test_a_forged_one_is_not_to_be_trusted(client: Client, world: World) -> None:
    found = issued(world)
    data = data_of(found.issued.qr_text)
    forged = data[:60] + ("A" if data[60] != "A" else "B") + data[61:]
    assert "Không được tin mã QR này." in client.get(f"/K/{forged}").content.decode()


def test_a_look_up_code_shows_people_masked(client: Client, world: World) -> None:
    found = issued(world)
    answer = client.post("/kiem-tra/", {"text": found.issued.code.lower().replace("-", " ")})
    assert answer.status_code == 302
    text = client.get(answer.url).content.decode()
    assert "N. T. Hoà" in text
    assert "12/GKS" in text
    for hidden in (OWNER.name, OWNER.personal_id, "234"):
        assert hidden not in text


def test_guessing_look_up_codes_must_wait(client: Client, world: World) -> None:
    found = issued(world)
    for _ in range(10):
        assert client.get("/kiem-tra/0000-0000-0000/").status_code == 404
    assert client.get(f"/kiem-tra/{found.issued.code}/").status_code == 404


def test_checking_much_must_wait(client: Client, world: World) -> None:
    for _ in range(30):
        client.get("/K/MC1AAAA")
    assert client.get("/K/MC1AAAA").status_code == 429
    assert client.post("/kiem-tra/", {"text": "MC1AAAA"}).status_code == 429


@pytest.mark.parametrize("typed", ["xin chào", "1234", "HTTPS://X/K/", "H49.61-260302-0001", "\0"])
def test_other_texts_are_told_what_is_wanted(client: Client, world: World, typed: str) -> None:
    assert client.post("/kiem-tra/", {"text": typed}).status_code == 422


def test_the_page_for_no_network_brings_the_keys_along(client: Client, world: World) -> None:
    found = issued(world)
    text = client.get("/kiem-tra/ngoai-tuyen/").content.decode()
    listed = text[text.index('type="application/json">') :].partition(">")[2].partition("</script>")[0]
    assert read_qr(found.issued.qr_text, keys_from_json(listed).keys).is_genuine
    assert json.loads(listed)["revoked"] == []
    assert "caches" in client.get("/kiem-tra/ngoai-tuyen/giu.js").content.decode()


def test_the_roots_may_be_taken_along(client: Client, world: World) -> None:
    answer = client.get("/kiem-tra/goi-chung-thu.zip")
    assert answer.content.startswith(b"PK")


def test_the_qr_code_on_a_printed_slip_is_read(world: World, client: Client) -> None:
    import pypdfium2
    import zxingcpp

    found: StoredPaper = issued(world)
    page = pypdfium2.PdfDocument(slip_pdf(found))[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert found.issued.qr_text in [one.text for one in codes]


def drawn(*texts: str) -> bytes:
    """A photograph with these QR codes beside each other."""
    pictures = []
    for text in texts:
        out = io.BytesIO()
        segno.make_qr(text, error="m").save(out, kind="png", scale=5, border=4)
        pictures.append(Image.open(out).convert("L"))
    sheet = Image.new("L", (sum(one.width for one in pictures), max(one.height for one in pictures)), 255)
    left = 0
    for one in pictures:
        sheet.paste(one, (left, 0))
        left += one.width
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def test_a_photograph_of_the_paper_with_other_codes_on_it(client: Client, world: World) -> None:
    found = issued(world)
    content = drawn("http://localhost/tra-cuu/?ma=H49.61-260302-0001", found.issued.qr_text)
    assert "Giấy này có thật" in line(sent(client, content, "chup.png"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://localhost/tra-cuu/?ma=H49.61-260302-0001", "mã tra cứu hồ sơ, không phải mã xác thực"),
        ("http://localhost/xac-minh/abc/", "mã của một giấy trong hồ sơ"),
        ("https://example.vn/", "Không được tin mã QR này."),
    ],
)
def test_other_codes_on_papers_are_told_for_what_they_are(client: Client, world: World, text: str, said: str) -> None:
    assert said in line(sent(client, drawn(text), "chup.png"))


def test_the_register_changed_behind_a_qr_code_is_seen(client: Client, world: World) -> None:
    found = issued(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE results_storedpaper DISABLE TRIGGER results_storedpaper_append_only")
        cursor.execute("UPDATE results_storedpaper SET holder_name = 'Kẻ gian', valid_to = NULL")
        cursor.execute("ALTER TABLE results_storedpaper ENABLE TRIGGER results_storedpaper_append_only")
    text = client.get(f"/K/{data_of(found.issued.qr_text)}").content.decode()
    assert "mã QR và sổ kết quả ghi khác nhau" in text
    assert "khác ở: họ tên." in text


def test_an_older_version_is_told_by_its_qr_code_with_and_without_a_network(client: Client, world: World) -> None:
    first = issued(world)
    perform(world, Act.REOPEN, first.dossier, at=moment(4, 10))
    solve_anew(world, first.dossier_id or 0)
    again = issue_result(dossier_id=first.dossier_id or 0, at=LATER)
    assert again is not None
    assert again.paper.version == 2
    text = client.get(f"/K/{data_of(first.issued.qr_text)}").content.decode()
    assert "đã có bản mới thay thế" in text
    assert keys_from_json(client.get("/kiem-tra/khoa.json").content.decode()).is_replaced(first.issued.code)


@pytest.mark.parametrize("path", ["/kiem-tra/", "/K/MC1AAAA", "/chia-se/1/sai/", "/chia-se/99999999999999999999/x/"])
def test_no_answer_is_kept_by_anybody(client: Client, world: World, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {200, 404}
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_a_slip_or_a_scan_without_signature_is_told_by_its_qr_code(client: Client, world: World) -> None:
    found = issued(world)
    text = sent(client, slip_pdf(found), "phieu.pdf")
    assert line(text) == "Tệp này không có chữ ký số; mã QR trên tệp thì là thật."
    assert "12/GKS" in text
    revoked(world, found)
    assert "đã bị thu hồi" in line(sent(client, slip_pdf(found), "phieu.pdf"))


def test_drawing_a_strangers_file_is_bounded() -> None:
    assert codes_in_pdf(pdf()) == []
    assert codes_in_pdf(b"%PDF-1.7 hong") == []
    assert codes_in_pdf(pdf(), seconds=0.0) == []
    assert codes_in_pdf(pdf(), memory=1024) == []
