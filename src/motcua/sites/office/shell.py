"""The frame of the administrator's and the auditor's pages: where one can go."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.terms import Right
from motcua.identity.requests import actor_in
from motcua.sites.context import NavEntry

_WORKING: Final = frozenset(Right) - {Right.ADMIN, Right.OVERSEE, Right.POST_OFFICE}
#: The heading of other sites in the menu.
_ELSEWHERE: Final = "Nơi khác"
_ENTRIES: Final[Mapping[str, Sequence[tuple[str, str, str]]]] = {
    "backoffice": (
        ("", "Quản trị", "backoffice:home"),
        ("", "Đơn vị", "backoffice:units"),
        ("", "Cán bộ", "backoffice:people"),
        ("", "Thủ tục", "backoffice:procedures"),
        ("", "Xưởng thủ tục", "studio:home"),
        ("", "Chứng thư số", "backoffice:certificates"),
        ("Tổ chức", "Ủy quyền", "backoffice:delegations"),
        ("Tổ chức", "Lịch làm việc", "backoffice:calendar"),
        ("Quy định", "Tạm dừng", "backoffice:pauses"),
        ("Quy định", "Nhắc hạn", "backoffice:reminders"),
        ("Quy định", "Bảo mật", "backoffice:factor_rule"),
        ("Quy định", "Số hóa", "backoffice:digitising_rule"),
    ),
    "studio": (
        ("", "Quản trị", "backoffice:home"),
        ("", "Thủ tục", "backoffice:procedures"),
        ("", "Xưởng thủ tục", "studio:home"),
    ),
    "post": (
        ("", "Việc hôm nay", "post:home"),
        ("", "Nhận hồ sơ", "post:take_in"),
        ("", "Bàn giao", "post:sheets"),
        ("", "Thu thuế", "post:taxes"),
        ("", "Sổ tiền", "post:money"),
    ),
    "post at the desk": (
        ("", "Bưu chính", "post:desk"),
        ("", "Bàn giao", "post:sheets"),
        ("", "Sổ tiền", "post:money"),
    ),
    "tax": (
        ("", "Phiếu chuyển", "tax:home"),
        ("", "Tiền bưu điện nộp", "tax:money"),
    ),
    "audit": (
        ("", "Nhật ký", "audit:journal"),
        ("", "Lượt xem", "audit:readings"),
        ("", "Quá hạn", "audit:overdue"),
        ("", "Kiểm tra", "audit:check"),
        ("", "Bằng chứng", "audit:evidence"),
        ("Danh sách", "Bổ sung lần hai", "audit:supplements"),
        ("Danh sách", "Đính chính", "audit:corrections"),
        ("Danh sách", "Nhập sau", "audit:backdated"),
        ("Danh sách", "Ủy quyền", "audit:delegations"),
        ("Danh sách", "Nộp thay", "audit:helpers"),
    ),
}


def office_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page with the navigation of its site; never kept by caches (it shows people)."""
    response = render(request, template, {"office_nav": _nav(request), **context}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _nav(request: HttpRequest) -> list[NavEntry]:
    here = request.resolver_match.namespace if request.resolver_match else ""
    if here == "post" and not actor_in(request).has(Right.POST_OFFICE):
        here = "post at the desk"
    urls = [(group, label, reverse(view)) for group, label, view in _ENTRIES.get(here, ())]
    longest = max((url for _, _, url in urls if request.path.startswith(url)), key=len, default="")
    at_home = urls and longest == urls[0][2] and request.path != longest
    entries = [NavEntry(label, url, url == longest and not at_home, group=group) for group, label, url in urls]
    return entries + _other_sites(request, here, _ELSEWHERE if any(entry.group for entry in entries) else "")


def _other_sites(request: HttpRequest, here: str, group: str) -> list[NavEntry]:
    """Return the other sites this officer may open, under that heading of the menu."""
    actor, found = actor_in(request), []
    if here not in {"backoffice", "studio"} and actor.has(Right.ADMIN):
        found.append(NavEntry("Quản trị", reverse("backoffice:home"), current=False, group=group))
    if here != "audit" and actor.has(Right.OVERSEE):
        found.append(NavEntry("Giám sát", reverse("audit:journal"), current=False, group=group))
    if any(post.rights & _WORKING for post in actor.postings):
        found.append(NavEntry("Bàn làm việc", reverse("desk:home"), current=False, group=group))
    return found
