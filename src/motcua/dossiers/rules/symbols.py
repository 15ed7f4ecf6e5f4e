"""Số, ký hiệu of a result (Nghị định 30/2020/NĐ-CP, Phụ lục I và III), and who signs in which words."""

import re
from collections.abc import Mapping
from typing import Final

from motcua.identity.rules.delegations import bare_title

#: Kinds of papers and their abbreviations: the decree's (Phụ lục III), and those of results by custom (from memory,
#: unverified): a symbol that the agency gave to the same procedure before goes before all of them.
ABBREVIATIONS: Final[Mapping[str, str]] = {
    "Quyết định": "QĐ",
    "Nghị quyết": "NQ",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Báo cáo": "BC",
    "Phương án": "PA",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
    "Giấy phép": "GP",
    "Giấy chứng nhận": "GCN",
    "Giấy xác nhận": "GXN",
    "Chứng chỉ": "CC",
    "Trích lục": "TL",
}
_COMMITTEE = ("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân")
_SMALL_WORDS = frozenset({"và", "của"})
_PLACE = re.compile(r" (?:tỉnh|thành phố|xã|phường|đặc khu) ")


def organ(name: str) -> str:
    """Return the abbreviation of an agency in symbols: "UBND", "SNV" for Sở Nội vụ."""
    if name.startswith(_COMMITTEE):
        return "UBND"
    own = _PLACE.split(name)[0].replace("–", " ").replace(",", " ")
    words = [word for word in own.split() if word.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words[:4]).upper() or "VP"


def symbol_for(name: str, agency: str, *, is_letter: bool = False) -> str:
    """Return the symbol of a paper by its name: "QĐ-UBND"; that of a letter (công văn) is the agency's alone."""
    abbreviation = next((short for kind, short in ABBREVIATIONS.items() if name.lower().startswith(kind.lower())), "")
    return organ(agency) if is_letter else f"{abbreviation or 'KQ'}-{organ(agency)}"


def signing_words(title: str, *, agency: str) -> tuple[str, ...]:
    """Return the lines above a leader's signature, from the title they sign with ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH").

    Of a people's committee papers are signed on behalf of the committee: "TM. ỦY BAN NHÂN DÂN" stands first, unless
    somebody signs for another one by order or authorisation (TL., TUQ.). A deputy signs for the head (KT.).
    """
    lines = [line.strip() for line in title.split(" / ") if line.strip()]
    if len(lines) == 1 and lines[0].startswith("Phó "):
        own = bare_title(lines[0])
        head = own.removeprefix("Phó ")
        lines = [f"KT. {head.upper()}", own.upper()]
    lines = [bare_title(line).upper() if not line.isupper() else line for line in lines] or ["THỦ TRƯỞNG"]
    speaks_for_all = agency.startswith(_COMMITTEE) and not lines[0].startswith(("TL.", "TUQ.", "TM."))
    return ("TM. ỦY BAN NHÂN DÂN", *lines) if speaks_for_all else tuple(lines)
