"""What was typed and uploaded, as lines to read once more."""

from dataclasses import dataclass

from motcua.agencies.queries import unit
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import PartyKind, ResultChannel, Source
from motcua.sites.portal.applying import PAPERS, PARTIES, PLACE, PROXY_KEY, RESULT, WHO, Applying


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its values one below the other, the page where it is changed."""

    name: str
    values: list[str]
    page: str


def summary_of(applying: Applying) -> list[Line]:
    """Return everything of the application; only when every page is done."""
    application = applying.application(confirmed_duplicate=False)
    lines = []
    if applying.place is not None:
        offering, case_key = applying.place
        lines.append(Line("Cơ quan giải quyết", [offering.agency.name], PLACE))
        case = applying.definition.case(case_key)
        if case is not None and len(applying.definition.cases) > 1:
            lines.append(Line("Trường hợp", [case.name], PLACE))
    if applying.source != Source.SELF:
        lines.append(Line("Nộp với tư cách", [applying.source.label], WHO))
    lines.append(Line("Chủ hồ sơ", _party(application.owner), PARTIES))
    if application.submitter is not None:
        lines.append(Line("Người nộp", _party(application.submitter), PARTIES))
    lines += _papers(applying)
    result = ResultChannel(application.result_channel).label
    place = [application.result_place] if application.result_channel == ResultChannel.POST else []
    desk = [f"Bản giấy tại {unit(application.result_desk_id).name}"] if application.result_desk_id else []
    lines.append(Line("Nhận kết quả", [result, *place, *desk], RESULT))
    if application.abstract:
        lines.append(Line("Nói thêm", [application.abstract], RESULT))
    return lines


def _papers(applying: Applying) -> list[Line]:
    lines = []
    for one in applying.needed:
        names = [file.name for file in applying.files_for(one.component.key)]
        if one.component.present_only and not names:
            names = ["Mang theo để xuất trình khi cơ quan yêu cầu"]
        if one.component.key == applying.declared and not names:
            names = ["Đã khai ở trên, không phải tải lên"]
        if names or one.required:
            lines.append(Line(one.component.name, names or ["Chưa có"], PAPERS))
    proxy = [file.name for file in applying.files_for(PROXY_KEY)]
    return [*lines, Line("Văn bản ủy quyền", proxy, PAPERS)] if proxy else lines


def _party(party: PartyFacts) -> list[str]:
    born = f"sinh ngày {party.born:%d/%m/%Y}" if party.born else ""
    number = f"số định danh {party.personal_id}" if party.personal_id else ""
    tax = f"mã số thuế {party.tax_code}" if party.tax_code else ""
    first = ", ".join(filter(None, [party.name, born]))
    by = party.representative if party.kind == PartyKind.ORGANISATION else ""
    rest = [number, tax, f"đại diện: {by}" if by else "", party.phone, party.email, party.address]
    return [first, *[text[:1].upper() + text[1:] for text in rest if text]]
