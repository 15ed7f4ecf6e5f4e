"""The 29 kinds of administrative documents (Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III) and how they differ."""

from typing import Literal

from django.db.models import TextChoices

#: How a kind is laid out.
Layout = Literal["named", "letter", "decision", "rules", "telegram", "record", "agreement", "slip", "open_letter"]
_FIRST_TWO_DIGITS = 10


class DocumentKind(TextChoices):
    """The kinds, in the decree's order."""

    RESOLUTION = "resolution", "Nghị quyết"
    DECISION = "decision", "Quyết định"
    DIRECTIVE = "directive", "Chỉ thị"
    STATUTE = "statute", "Quy chế"
    REGULATION = "regulation", "Quy định"
    COMMUNIQUE = "communique", "Thông cáo"
    NOTICE = "notice", "Thông báo"
    GUIDANCE = "guidance", "Hướng dẫn"
    PROGRAMME = "programme", "Chương trình"
    PLAN = "plan", "Kế hoạch"
    SCHEME = "scheme", "Phương án"
    BLUEPRINT = "blueprint", "Đề án"
    PROJECT = "project", "Dự án"
    REPORT = "report", "Báo cáo"
    MINUTES = "minutes", "Biên bản"
    SUBMISSION = "submission", "Tờ trình"
    CONTRACT = "contract", "Hợp đồng"
    LETTER = "letter", "Công văn"
    TELEGRAM = "telegram", "Công điện"
    MEMORANDUM = "memorandum", "Bản ghi nhớ"
    AGREEMENT = "agreement", "Bản thỏa thuận"
    AUTHORISATION = "authorisation", "Giấy ủy quyền"
    INVITATION = "invitation", "Giấy mời"
    INTRODUCTION = "introduction", "Giấy giới thiệu"
    LEAVE_PERMIT = "leave_permit", "Giấy nghỉ phép"
    DISPATCH_SLIP = "dispatch_slip", "Phiếu gửi"
    FORWARDING_SLIP = "forwarding_slip", "Phiếu chuyển"
    INFORMATION_SLIP = "information_slip", "Phiếu báo"
    OPEN_LETTER = "open_letter", "Thư công"

    @property
    def abbreviation(self) -> str:
        """What stands for it in a symbol; "" for letters, which are known by who drafted them."""
        return _ABBREVIATIONS.get(self, "")

    @property
    def layout(self) -> Layout:
        """How it is laid out."""
        return _LAYOUTS.get(self, "named")


_ABBREVIATIONS = {
    DocumentKind.RESOLUTION: "NQ",
    DocumentKind.DECISION: "QĐ",
    DocumentKind.DIRECTIVE: "CT",
    DocumentKind.STATUTE: "QC",
    DocumentKind.REGULATION: "QyĐ",
    DocumentKind.COMMUNIQUE: "TC",
    DocumentKind.NOTICE: "TB",
    DocumentKind.GUIDANCE: "HD",
    DocumentKind.PROGRAMME: "CTr",
    DocumentKind.PLAN: "KH",
    DocumentKind.SCHEME: "PA",
    DocumentKind.BLUEPRINT: "ĐA",
    DocumentKind.PROJECT: "DA",
    DocumentKind.REPORT: "BC",
    DocumentKind.MINUTES: "BB",
    DocumentKind.SUBMISSION: "TTr",
    DocumentKind.CONTRACT: "HĐ",
    DocumentKind.TELEGRAM: "CĐ",
    DocumentKind.MEMORANDUM: "BGN",
    DocumentKind.AGREEMENT: "BTT",
    DocumentKind.AUTHORISATION: "GUQ",
    DocumentKind.INVITATION: "GM",
    DocumentKind.INTRODUCTION: "GGT",
    DocumentKind.LEAVE_PERMIT: "GNP",
    DocumentKind.DISPATCH_SLIP: "PG",
    DocumentKind.FORWARDING_SLIP: "PC",
    DocumentKind.INFORMATION_SLIP: "PB",
}
_LAYOUTS: dict[DocumentKind, Layout] = {
    DocumentKind.RESOLUTION: "decision",
    DocumentKind.DECISION: "decision",
    DocumentKind.STATUTE: "rules",
    DocumentKind.REGULATION: "rules",
    DocumentKind.LETTER: "letter",
    DocumentKind.TELEGRAM: "telegram",
    DocumentKind.MINUTES: "record",
    DocumentKind.CONTRACT: "agreement",
    DocumentKind.MEMORANDUM: "agreement",
    DocumentKind.AGREEMENT: "agreement",
    DocumentKind.DISPATCH_SLIP: "slip",
    DocumentKind.FORWARDING_SLIP: "slip",
    DocumentKind.INFORMATION_SLIP: "slip",
    DocumentKind.OPEN_LETTER: "open_letter",
}


def written_number(number: int) -> str:
    """Return a number as documents write it: from 01; raises ValueError for one below 1."""
    if number < 1:
        raise ValueError("documents are numbered from 1")
    return f"{number:02d}" if number < _FIRST_TWO_DIGITS else str(number)


def symbol_of(kind: DocumentKind, *, agency: str, division: str = "") -> str:
    """Return the symbol of a document: "QĐ-UBND", of a letter "UBND-VP"; of an open letter "".

    `agency` and `division` are abbreviations. A letter names who drafted it, all others the kind (Phụ lục I, mục II.3).
    """
    if kind is DocumentKind.OPEN_LETTER:
        return ""
    first = kind.abbreviation or agency
    second = agency if kind.abbreviation else division
    return f"{first}-{second}" if second else first
