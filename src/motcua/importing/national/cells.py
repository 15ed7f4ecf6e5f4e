"""Cells of the portal's pages whose columns were glued into one text: cut apart again by what their ends look like.

"Trực tuyến3 Ngày làm việcMiễn phí(Không)Nộp tại …Trực tiếp5 Ngày làm việc…" is two rows of four columns.
"""

import re
from collections.abc import Iterator

from motcua.importing.national.letters import LOWER, UPPER
from motcua.importing.national.shapes import ChannelRow, PaperRow
from motcua.importing.terms import Remark
from motcua.kernel.text import clean

_WAYS_HEADER = re.compile(
    r"^\s*Hình thức nộp\s*Thời (?:gian|hạn)(?: giải quyết)?\s*Phí,\s*lệ phí\s*Mô tả\s*", re.IGNORECASE
)
_CHANNEL = r"(?P<channel>Trực tiếp|Trực tuyến|Dịch vụ bưu chính(?: công ích)?|Bưu chính(?: công ích)?)"
_UNIT = r"Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Năm|Phút|Tuần|Quý"
_NOTHING = r"Không có thông tin|Không quy định"
MONEY_UNIT = r"(?:Việt Nam Đồng|Nghìn đồng|Triệu đồng|VNĐ|VND|Đồng|USD|EUR|Euro|Đô la Mỹ|%)"
_AMOUNT = rf"\d{{1,3}}(?:[,.]\d{{3}})+(?:[,.]\d{{1,2}})?\s?{MONEY_UNIT}|\d+(?:[.,]\d{{1,2}})?\s?{MONEY_UNIT}"
_FEE = rf"(?P<fee>Miễn phí|{_NOTHING}|{_AMOUNT})"
_TERM = rf"(?P<term>{_NOTHING}|\d[\d.,]*(?:\s?[-–]\s?\d+)?\s?(?:{_UNIT})|\d+(?:[-–]\d+)?)"
_WORDED = (
    r"(?P<term>(?:Ngay|Trong|Không quá|Tối đa|Chậm nhất|Theo|Kể từ|Sau|Chưa|Tùy)\b"
    r"(?:(?!Trực tiếp|Trực tuyến|Dịch vụ bưu chính)[^\n]){2,400}?)"
)
#: How a row begins: the way and its term and fee; the way grown into a number with unit; or into a sentence and a fee.
_ROW = re.compile(rf"{_CHANNEL}\s?{_TERM}\s?{_FEE}")
_ROW_WITHOUT_FEE = re.compile(rf"{_CHANNEL}(?P<term>\d[\d.,]*\s?(?:{_UNIT}))(?P<fee>)")
_ROW_IN_WORDS = re.compile(rf"{_CHANNEL}{_WORDED}(?<![\s(]){_FEE}")
#: A term without its unit grown together with the fee: "1200 VNĐ" is the number 1 and 200 VNĐ.
_GROWN = re.compile(rf"{_CHANNEL}(?P<term>\d+?)(?P<fee>[1-9]\d{{0,2}}(?:,\d{{3}})*\s?{MONEY_UNIT})")
_FIRST = re.compile(rf"^{_CHANNEL}(?P<rest>.*)$", re.DOTALL)
_ONE_FEE = re.compile(_FEE)
_NEXT_FEE = re.compile(rf"\s?(?:Miễn phí|{_AMOUNT})(?=\(|$)")


def split_ways(text: str) -> tuple[list[ChannelRow], list[Remark]]:
    """Cut a glued "cách thức thực hiện" into its rows; a text of another build comes back as one row's note."""
    body = _WAYS_HEADER.sub("", clean(text, keep_lines=True))
    starts = list(_row_starts(body))
    rows = []
    head = body[: starts[0].start()].strip() if starts else body
    if head:
        rows.append(_loose_row(head))
    for place, match in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(body)
        fees, note = _fees_and_note(match["fee"] + body[match.end() : end])
        rows.append(ChannelRow(match["channel"], match["term"], "", fees, note))
    return rows, [_grown_remark() for match in starts if match.re is _GROWN][:1]


def _grown_remark() -> Remark:
    message = "Thời hạn không ghi đơn vị và dính liền với mức phí, ranh giới giữa hai số là suy đoán."
    return Remark("fees", "fee_glued_to_term", message)


def _row_starts(body: str) -> Iterator[re.Match[str]]:
    place = 0
    while match := _first_row(body, place):
        grown = _GROWN.match(body, match.start())
        yield grown or match
        place = (grown or match).end()


def _first_row(body: str, place: int) -> re.Match[str] | None:
    found = [one for pattern in (_ROW, _ROW_WITHOUT_FEE, _ROW_IN_WORDS) if (one := pattern.search(body, place))]
    return min(found, key=lambda one: (one.start(), one.re is not _ROW), default=None)


def _loose_row(text: str) -> ChannelRow:
    """A row whose term and fee are not where a table has them: all of it is the note."""
    found = _FIRST.match(text)
    return ChannelRow(channel=found["channel"], note=found["rest"].strip(" :\n")) if found else ChannelRow(note=text)


def _fees_and_note(text: str) -> tuple[tuple[str, ...], str]:
    """The fees at the head of the text, each with its note in brackets, and what follows them."""
    fees: list[str] = []
    while match := (_NEXT_FEE.match(text) if fees else _ONE_FEE.match(text)):
        end = closing(text, match.end())
        fees.append(text[:end].strip())
        text = text[end:]
    return tuple(fees), text.strip()


def closing(text: str, place: int) -> int:
    """Where the bracket that opens at `place` closes (one past it); `place` itself where none opens there."""
    if text[place : place + 1] != "(":
        return place
    depth = 0
    for offset in range(place, len(text)):
        depth += (text[offset] == "(") - (text[offset] == ")")
        if not depth:
            return offset + 1
    line = text.find("\n", place)
    return line if line > 0 else len(text)


_PAPERS_HEADER = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng", re.IGNORECASE)
_COUNT = re.compile(r"(?P<count>\d+)\s?bản chính(?:\s?,\s?(?P<copies>\d+)\s?bản sao)?|(?P<only>\d+)\s?bản sao")
_YEAR_END = re.compile(r"(?:19|20)\d\d$")
_NUMBERED = re.compile(
    r"(?:số|mẫu|mục|lục|khoản|điều|điểm|chương|phần|biểu|năm|tháng|bảng|hạng|lớp)\s*$", re.IGNORECASE
)
_SYMBOL = re.compile(r"(?:QH|[/.\-_–]|[A-ZĐ]{1,5}\.?)$")
_FILE = r"(?:docx?|xlsx?|pdf|rtf|odt|zip|rar|7z|jpe?g|png|pptx?|txt|html?)"
_FILES = re.compile(rf"[^\n]+?\.(?i:{_FILE})(?![{LOWER}])")


def split_papers(text: str) -> tuple[list[PaperRow], list[Remark]]:
    """Cut a glued "thành phần hồ sơ" into its rows; each heading before a table names the group of its rows."""
    parts = _PAPERS_HEADER.split(clean(text, keep_lines=True))
    if len(parts) == 1:
        return [], []
    rows: list[PaperRow] = []
    group = parts[0]
    for part in parts[1:]:
        found, rest = _papers_in(part, _heading(group))
        rows.extend(found)
        group = rest
    remarks = []
    if _heading(group):
        message = f"Cuối thành phần hồ sơ còn đoạn chữ không ghi số lượng: “{group.strip()[:120]}”."
        remarks.append(Remark("components", "text_without_count", message))
        rows.append(PaperRow(group.strip(), _heading(parts[0]) if len(parts) == 2 else ""))  # noqa: PLR2004
    return rows, remarks


def _heading(text: str) -> str:
    return text.strip(" -–\n:")


def _papers_in(part: str, group: str) -> tuple[list[PaperRow], str]:
    rows, begun = [], 0
    for match in _COUNT.finditer(part):
        name = part[begun : match.start()]
        if not _ends_a_row(part, match, name):
            continue
        digits = match["count"] or match["only"]
        kept, count = _parted(name, digits)
        title, files = without_files(kept)
        originals, copies = (count, match["copies"] or "0") if match["count"] else ("0", count)
        rows.append(PaperRow(title, group, "", files, originals, copies))
        begun = match.end()
    return rows, part[begun:]


def _ends_a_row(part: str, match: re.Match[str], name: str) -> bool:
    """Whether this count is the row's last column, not words within the paper's name."""
    if not any(char.isalpha() for char in name):
        return False
    after = part[match.end() : match.end() + 1]
    if not after or after == "\n" or after.isalnum():
        return True
    if after in ",;./":
        return False
    is_glued = not name[-1:].isspace() and name[-1:] != "("
    if after == ")":
        return is_glued and name.count("(") <= name.count(")")
    return is_glued if after.isspace() or after in "(:" else True


def _parted(name: str, digits: str) -> tuple[str, str]:
    """Part the digits before "bản" into what still belongs to the name and the count: "…/20261" is 2026 and 1."""
    if name[-1:].isdigit() or len(digits) == 1:
        return name, str(int(digits))
    if len(digits) > 4 and _YEAR_END.match(digits[:4]):  # noqa: PLR2004
        return name + digits[:4], str(int(digits[4:]))
    if len(digits) > 2 or _NUMBERED.search(name) or _SYMBOL.search(name):  # noqa: PLR2004
        return name + digits[:-1], digits[-1]
    return name, str(int(digits))


def without_files(name: str) -> tuple[str, tuple[str, ...]]:
    """The paper's name without the form files whose names are glued to its end, and those files."""
    if not re.search(rf"\.(?i:{_FILE})\s*$", name):
        return name.strip(), ()
    cut = _file_start(name)
    files = tuple(found.strip() for found in _FILES.findall(name[cut:]) if found.strip())
    return name[:cut].strip(), files or (name[cut:].strip(),)


#: Where a file's name may begin in glued text; "strong" is the end of a sentence or a bracket.
_STRONG = rf"(?<=[.;:)\]”\"])(?=[{UPPER}{LOWER}0-9])"
_SEAM = re.compile(
    rf"(?P<strong>{_STRONG})|(?<=[{LOWER}])(?=[{UPPER}]|\d+[-_.])|(?<=[{UPPER}0-9])(?=[{UPPER}][{LOWER}])"
)
_FORM_WORD = re.compile(r"m[ẫa]u|ph[ụu]\s?l[ụu]c|bi[ểe]u|pl|t[ờo] ?khai|[đd][ơo]n", re.IGNORECASE)
_NAME_LENGTH = 100


def _file_start(name: str) -> int:
    """Where the file names at the end of the name begin: the likeliest seam before the first extension."""
    first = next(re.finditer(rf"\.(?i:{_FILE})(?![{LOWER}])", name)).start()
    seams = [match for match in _SEAM.finditer(name, 0, first) if 0 < match.start() >= first - _NAME_LENGTH]
    likely = [match.start() for match in seams if _FORM_WORD.match(name, match.start())]
    strong = [match.start() for match in seams if match["strong"] is not None]
    return (likely[:1] or strong[-1:] or [match.start() for match in seams[:1]] or [len(name)])[0]
