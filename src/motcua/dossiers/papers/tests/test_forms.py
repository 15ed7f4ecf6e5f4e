import io
import subprocess
import unicodedata
from dataclasses import replace

import pikepdf
import pytest

from motcua.dossiers.papers.data import ComponentLine, PaperData, PersonLine, Signatory
from motcua.dossiers.papers.forms import (
    FORMS,
    Form,
    FormSet,
    data_from_json,
    form_set_for,
    form_set_on,
    render_form,
)
from motcua.dossiers.papers.tests.samples import (
    APOLOGY,
    COMMON,
    RECEIPT,
    REFUSAL,
    SAMPLES,
    STOP,
    SUPPLEMENT,
    VN,
    with_text_everywhere,
)
from motcua.dossiers.papers.words import datetime, long_date, moment, place_and_date, short_moment

EVERY_FORM = list(FORMS)


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(unicodedata.normalize("NFC", done.stdout.decode()).split())


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def printed(data: PaperData, form_set: FormSet = FormSet.TT03_2025) -> str:
    return words_of(render_form(data.kind, form_set, data))


@pytest.mark.parametrize(("form", "form_set"), EVERY_FORM)
def test_every_form_prints_its_title_and_its_people_on_one_page(form: Form, form_set: FormSet) -> None:
    pdf = render_form(form, form_set, SAMPLES[form])
    text = words_of(pdf)
    assert pages_of(pdf) == 1
    for expected in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hoàn Kiếm, ngày 12 tháng 02 năm 2026",
        FORMS[form, form_set].title.upper(),
        "H26.12.30-260212-0007",
        "Nguyễn Thị Ánh Nguyệt",
    ):
        assert expected in text


@pytest.mark.parametrize(("form", "form_set"), EVERY_FORM)
def test_the_same_paper_is_the_same_bytes(form: Form, form_set: FormSet) -> None:
    again = data_from_json(form, SAMPLES[form].to_json())
    assert again == SAMPLES[form]
    first = render_form(form, form_set, SAMPLES[form])
    assert first == render_form(str(form), str(form_set), again)
    assert first.endswith(b"%%EOF\n")


def test_the_form_sets_differ_in_label_and_wording() -> None:
    new, old = printed(RECEIPT), printed(RECEIPT, FormSet.TT01_2018)
    assert "Mẫu số 01 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)" in new.replace("  ", " ")
    assert "Thông tư số 01/2018/TT-VPCP" in old
    assert "quyển số: 03/2018; số thứ tự: 112" in old
    assert "quyển số" not in new
    assert "Hình thức nộp hồ sơ: Trực tiếp" in new
    assert "Ban hành kèm theo" not in printed(SAMPLES[Form.HANDOVER])


def test_a_receipt_says_when_and_why_then() -> None:
    text = printed(RECEIPT)
    assert "1. Thành phần hồ sơ nộp gồm:" in text
    assert "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 12 tháng 02 năm 2026" in text
    assert "15 giờ 30 phút, ngày 24 tháng 02 năm 2026" in text
    assert "(Cách tính: 3 ngày làm việc: 13/02, 23/02, 24/02; nghỉ Tết 14–22/02" in text
    assert text.count("(Ký và ghi rõ họ tên)") == 2


def test_online_nobody_has_to_sign_and_a_reprint_says_so() -> None:
    online = PaperData.reprinted(
        RECEIPT.from_json(RECEIPT.to_json() | {"online": True}),
        version=2,
        at=datetime(2026, 11, 22, 14, 5, tzinfo=VN),
        correction="bản sửa theo quyết định 12/QĐ-UBND",
    )
    text = printed(online)
    assert "(Nộp trực tuyến, không cần ký)" in text
    assert "In lần 2, 14:05 22/11/2026 – bản sửa theo quyết định 12/QĐ-UBND" in text
    assert "In lần" not in printed(RECEIPT)


def test_an_owner_who_is_the_submitter_is_not_repeated() -> None:
    raw = RECEIPT.to_json()
    assert "Chủ hồ sơ" not in printed(RECEIPT.from_json(raw | {"owner": raw["submitter"]}))
    other = PersonLine(name="Phạm Đức Hải", address="Lò Sũ")
    assert "Chủ hồ sơ: Phạm Đức Hải" in printed(RECEIPT.from_json(raw | {"owner": vars(other)}))


def test_long_papers_number_their_pages_and_repeat_the_head_of_the_table() -> None:
    components = tuple(ComponentLine(name=f"Giấy tờ số {i} về quyền sử dụng đất " * 3, originals=1) for i in range(40))
    raw = RECEIPT.to_json() | {"request": ("Cấp đổi Giấy chứng nhận quyền sử dụng đất " * 30)[:1094], "components": ()}
    data = RECEIPT.from_json(raw)
    pdf = render_form(Form.RECEIPT, FormSet.TT03_2025, type(data)(**vars(data) | {"components": components}))
    pages = pages_of(pdf)
    text = words_of(pdf)
    assert pages >= 3
    assert text.count("Tên thành phần hồ sơ") >= pages - 1
    assert f"trang {pages}/{pages}" in text
    assert text.count("Giấy tờ số") == 120


HOSTILE = [
    "",
    " ",
    '#import "/etc/passwd": *\n#panic("x") #sys.inputs',
    "*đậm* _nghiêng_ $x^2$ `mã` @nhãn <nhãn> = Tiêu đề\n- mục\n+ mục\n/ a: b \\ \\u{41} // chú thích /* x */",
    "\u202eđảo\u202c \u200fרשת\u200e \u200b\ufeff\x00\x07\ue000",
    "漢字 😀 العربية ☐",
    "a" * 10_000,
    "chữ Việt " * 1_111,
    "dòng\nmới\r\n\tvà\u2028nữa\u2029",
    unicodedata.normalize("NFD", "Nguyễn Thị Ánh Nguyệt ƯỠ"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", list(Form))
def test_nothing_typed_breaks_a_paper(form: Form, text: str) -> None:
    pdf = render_form(form, FormSet.TT03_2025, with_text_everywhere(SAMPLES[form], text))
    assert pages_of(pdf) >= 1


def test_markup_is_printed_as_it_was_typed() -> None:
    text = printed(with_text_everywhere(REFUSAL, '*đậm* #import "x" \\u{41} $x$'))
    assert '*đậm* #import "x" \\u{41} $x$' in text


def test_nothing_runs_over_the_margin() -> None:
    pdf = render_form(Form.RECEIPT, FormSet.TT03_2025, with_text_everywhere(RECEIPT, "W" * 3_000))
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rights = [float(part.split('"')[0]) for part in boxes.split('xMax="')[1:]]
    assert max(rights) <= 595.3 - 15 / 25.4 * 72 + 1


def test_wrong_forms_and_data_are_refused() -> None:
    with pytest.raises(TypeError, match="ReceiptData"):
        render_form(Form.RECEIPT, FormSet.TT03_2025, SUPPLEMENT)
    with pytest.raises(ValueError, match="nothing"):
        render_form("nothing", FormSet.TT03_2025, RECEIPT)
    with pytest.raises(ValueError, match="TT99"):
        render_form(Form.RECEIPT, "TT99", RECEIPT)
    with pytest.raises(ValueError, match="offset"):
        render_form(Form.REFUSAL, FormSet.TT03_2025, type(REFUSAL)(**COMMON | {"issued_at": datetime(2026, 1, 1)}))
    with pytest.raises(ValueError, match="issued_at"):
        data_from_json(Form.RECEIPT, RECEIPT.to_json() | {"issued_at": "2026-01-01T00:00:00"})


def test_the_form_set_follows_the_date() -> None:
    assert form_set_on(datetime(2025, 9, 14).date()) is FormSet.TT01_2018
    assert form_set_on(datetime(2025, 9, 15).date()) is FormSet.TT03_2025


def test_a_form_is_taken_from_a_set_that_has_it() -> None:
    old, new = datetime(2025, 9, 14).date(), datetime(2025, 9, 15).date()
    assert (Form.STOP, FormSet.TT01_2018) not in FORMS
    assert form_set_for(Form.STOP, old) == form_set_for(Form.STOP, new) == FormSet.TT03_2025
    assert (form_set_for(Form.APOLOGY, old), form_set_for(Form.APOLOGY, new)) == tuple(reversed(FormSet))


def test_an_apology_says_whether_the_day_is_moved() -> None:
    text = printed(APOLOGY)
    assert "Đề nghị gia hạn, hẹn trả kết quả vào: 09 giờ 05 phút, ngày 26 tháng 02 năm 2026" in text
    assert "tính là trễ hạn" not in text
    assert "lần đầu" not in text
    assert "KT. CHỦ TỊCH" in text
    assert "PHÓ CHỦ TỊCH" in text
    late = printed(replace(APOLOGY, extends=False, original_due_at=APOLOGY.received_at))
    assert "Đề nghị gia hạn, hẹn" not in late
    assert "hồ sơ này được tính là trễ hạn" in late
    assert "hẹn trả kết quả lần đầu: 09 giờ 05 phút, ngày 05 tháng 02" in late
    assert "Phiếu xin lỗi và hẹn lại".upper() in printed(APOLOGY, FormSet.TT01_2018)


def test_a_stop_says_why_and_what_becomes_of_money_and_papers() -> None:
    text = printed(STOP)
    for said in ("Không bổ sung hồ sơ đúng hạn", "Hoàn lại 100.000 đồng", "bản chính tại quầy số 3", "Thẩm định"):
        assert said in text
    early = printed(replace(STOP, received_at=None, submitted_at=STOP.issued_at, signer=Signatory(name="A")))
    assert "Thời gian nộp hồ sơ: 09 giờ 05 phút" in early
    assert "THỦ TRƯỞNG CƠ QUAN" in early


def test_dates_in_words() -> None:
    late = datetime(2026, 3, 9, 20, 30, tzinfo=VN)
    assert long_date(late.date()) == "ngày 09 tháng 3 năm 2026"
    assert moment(late) == "20 giờ 30 phút, ngày 09 tháng 3 năm 2026"
    assert moment(None) == ""
    assert short_moment(late) == "20:30 09/03/2026"
    assert place_and_date("", late).startswith("…")
