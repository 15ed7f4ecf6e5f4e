"""The frame of the studio's pages: the parts of the draft at the left, one part at the right."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from motcua.procedures.terms import Definition
from motcua.sites.kit.thread import Link
from motcua.sites.office.shell import office_page
from motcua.sites.studio.checks import problems_of
from motcua.sites.studio.drafts import Work

PARTS_OF_PROCEDURE = (
    ("truong-hop", "Trường hợp, thời hạn, phí"),
    ("giay-to", "Thành phần hồ sơ"),
    ("ket-qua", "Kết quả"),
    ("can-cu", "Căn cứ pháp lý"),
    ("bieu-mau", "Biểu mẫu"),
    ("quy-trinh", "Quy trình"),
    ("van-ban", "Văn bản in"),
    ("lien-thong", "Thủ tục liên thông"),
    ("bai-thu", "Bài thử"),
)


def studio_page(
    request: HttpRequest, template: str, work: Work, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page about one procedure."""
    shown = {
        "work": work,
        "procedure": work.procedure,
        "definition": work.definition,
        "parts": _links(work, str(context.get("here", request.path))),
        "crumbs": crumbs_of(work),
        **context,
    }
    return office_page(request, template, shown, status=status)


def crumbs_of(work: Work) -> list[Link]:
    """Return the way back from a page about one procedure."""
    code = work.procedure.code
    return [Link("Xưởng thủ tục", reverse("studio:home")), Link(code, reverse("studio:draft", args=[code]))]


def part_url(code: str, page: str) -> str:
    """Return the address of the page of one part."""
    return reverse("studio:part", args=[code, page])


def place_url(code: str, path: str) -> str:
    """Return the address of the page of one element."""
    return reverse("studio:item", args=[code, path])


def _links(work: Work, path: str) -> list[Link]:
    code, counts = work.procedure.code, _counts(work.definition)
    faults = len(problems_of(work.definition))
    said = [Link("Tổng quan", reverse("studio:draft", args=[code]), count=faults or None, alarm=True)]
    said.append(Link("Thông tin chung", reverse("studio:general", args=[code])))
    said += [Link(name, part_url(code, page), count=counts.get(page)) for page, name in PARTS_OF_PROCEDURE]
    said.append(Link("Kiểm tra"))
    said.append(Link("Dùng thử", reverse("studio:try", args=[code])))
    said.append(Link("So với bản đã công bố", reverse("studio:compare", args=[code])))
    here = max((link.url for link in said if link.url and path.startswith(link.url)), key=len, default="")
    return [Link(one.label, one.url, one.url == here, one.count, one.alarm) for one in said]


def _counts(definition: Definition) -> dict[str, int]:
    return {
        "truong-hop": len(definition.cases),
        "giay-to": len(definition.components),
        "ket-qua": len(definition.results),
        "can-cu": len(definition.legal_basis),
        "bieu-mau": sum(1 for _ in definition.form.fields()) if definition.form else 0,
        "quy-trinh": len(definition.steps),
        "van-ban": len(definition.papers),
        "lien-thong": len(definition.linked),
        "bai-thu": len(definition.tests),
    }
