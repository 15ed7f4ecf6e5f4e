"""The parts of a draft: lists, one element at a time, their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from motcua.identity.requests import actor_in
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.acting import pressed
from motcua.sites.studio.drafts import Work, save, work_on
from motcua.sites.studio.forms.base import PartForm, Scene, SeenForm
from motcua.sites.studio.marks import found_again, marks_of
from motcua.sites.studio.names import names_for
from motcua.sites.studio.parts import PARTS, Part
from motcua.sites.studio.places import INSIDE, Place, element, elements, moved, place_of, with_element, without_element
from motcua.sites.studio.shell import crumbs_of, part_url, place_url, studio_page
from motcua.sites.studio.trial import trial_in
from motcua.sites.studio.views.beside import beside
from motcua.sites.studio.views.papers import lines_of

_methods = require_http_methods(["GET", "HEAD", "POST"])
#: Lists that a page of a part shows, in their order.
PAGES: Mapping[str, Sequence[str]] = {
    "truong-hop": ("truong-hop",),
    "giay-to": ("giay-to",),
    "ket-qua": ("ket-qua",),
    "can-cu": ("can-cu",),
    "bieu-mau": ("trang", "rang-buoc"),
    "quy-trinh": ("buoc",),
    "van-ban": ("van-ban",),
    "lien-thong": ("lien-thong",),
    "bai-thu": ("bai-thu",),
}
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Row:
    """An element in a list."""

    title: str
    detail: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its elements and the address that adds one."""

    part: Part
    rows: list[Row]
    add_url: str
    name: str

    @property
    def is_ordered(self) -> bool:
        """Whether there is an order to change."""
        return len(self.rows) > 1


def listing_of(work: Work, place: Place) -> Listing:
    """Return the list at a place."""
    part, code = PARTS[place.name], work.procedure.code
    rows = []
    for number, value in enumerate(elements(work.definition, place)):
        title, detail = part.tell(value, work.definition)
        path = place.at(number).path
        rows.append(Row(title, detail, path, place_url(code, path)))
    return Listing(part, rows, reverse("studio:add", args=[code, place.path]), place.name)


@require_http_methods(["GET", "HEAD"])
def part(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """`GET /quan-tri/xuong/<code>/phan/<page>/`: one part of the draft."""
    work = work_on(actor_in(request), code)
    if page not in PAGES:
        raise NotFound(Problem("no_part", "Bản thảo không có phần này."))
    listings = [listing_of(work, Place((), name)) for name in PAGES[page]]
    title = dict(_TITLES).get(page, listings[0].part.many)
    context = {"listings": listings, "page": page, "title": title, "beside": beside(work, page)}
    return studio_page(request, "studio/part.html", work, context)


_TITLES = (("bieu-mau", "Biểu mẫu điện tử"), ("quy-trinh", "Quy trình"), ("van-ban", "Văn bản in"))


@_methods
def add(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """`GET, POST …/them/<place>/?loai=`: a new element; its kind is chosen first where there are several."""
    work, place = work_on(actor_in(request), code), place_of(path)
    part = PARTS[place.name]
    kind = request.GET.get("loai", "")
    if place.index is not None:
        raise NotFound(Problem("no_place", "Bản thảo không có chỗ này."))
    if part.kinds and kind not in part.kinds:
        context = {
            "kinds": _kinds(part.kinds),
            "part": part,
            "crumbs": _back(work, place),
            "here": part_url(code, part.page),
        }
        return studio_page(request, "studio/kinds.html", work, context)
    return _form_page(request, work, place, kind)


def _kinds(kinds: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [(key, *_halves(words)) for key, words in kinds.items()]


def _halves(words: str) -> tuple[str, str]:
    name, _, use = words.partition("|")
    return name, use


@_methods
def item(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """`GET, POST …/sua/<place>/`: one element, with the lists inside it."""
    work, place = work_on(actor_in(request), code), place_of(path)
    if place.index is None:
        return HttpResponseRedirect(part_url(code, PARTS[place.top].page))
    return _form_page(request, work, place, "")


def _form_page(request: HttpRequest, work: Work, place: Place, kind: str) -> HttpResponse:
    value = element(work.definition, place) if place.index is not None else None
    elements(work.definition, place)
    scene = Scene(work.definition, place, value, work.revision, kind)
    form = PARTS[place.name].form(scene, **bound_to(request))
    form.fields["marks"].initial = marks_of(work.definition, place)
    answer, status = pressed(request, form, lambda: _keep(request, work, place, form), work)
    if answer is not None:
        return answer
    return _show(request, work, place, form, status)


def _keep(request: HttpRequest, work: Work, place: Place, form: PartForm) -> Done:
    code, marks = work.procedure.code, form.cleaned_data.get("marks") or ""
    seen = form.cleaned_data["revision"] or 0
    there = found_again(work.definition, place, marks) if marks else place
    made = with_element(work.definition, there, form.build())
    save(actor_in(request), made, revision=seen, at=timezone.now())
    if request.POST.get("then") == "more":
        return Done("Đã lưu.", request.get_full_path())
    if place.index is not None or not INSIDE.get(place.name):
        holder = there.holder
        return Done("Đã lưu.", _holder_url(code, holder, place))
    last = len(elements(made, there)) - 1
    return Done("Đã lưu; hãy thêm nội dung bên trong.", place_url(code, there.at(last).path))


def _holder_url(code: str, holder: Place | None, place: Place) -> str:
    return place_url(code, holder.path) if holder else part_url(code, PARTS[place.name].page)


def _show(request: HttpRequest, work: Work, place: Place, form: PartForm, status: int) -> HttpResponse:
    part, value = PARTS[place.name], form.scene.value
    inside = _inside(work, place) if value is not None else []
    title = part.tell(value, work.definition)[0] if value is not None else f"Thêm {part.one}"
    context = {
        "form": form,
        "part": part,
        "value": value,
        "title": title,
        "listings": inside,
        "names": names_for(work.definition, place) if form.formulas or place.name in {"khoi", "bai-thu"} else (),
        "crumbs": _back(work, place),
        "beside": beside(work, part.page, place),
        "here": part_url(work.procedure.code, part.page),
        "paper": _paper(request, work, place),
        "delete_url": reverse("studio:delete", args=[work.procedure.code, place.path]) if value is not None else "",
    }
    return studio_page(request, f"studio/{_TEMPLATES.get(place.name, 'item')}.html", work, context, status=status)


_TEMPLATES = {"truong-hop": "case"}


def _paper(request: HttpRequest, work: Work, place: Place) -> Mapping[str, object] | None:
    """The preview of the paper that is edited, as it was saved last."""
    if place.top != "van-ban" or (place.index is None and not place.holders):
        return None
    number = place.holders[0][1] if place.holders else place.index
    paper = work.definition.papers[number or 0]
    return {
        "title": paper.title,
        "url": reverse("studio:paper", args=[work.procedure.code, paper.key]),
        "lines": lines_of(request, work, paper),
        "filled": trial_in(request, work.procedure.code) is not None,
    }


def _inside(work: Work, place: Place) -> list[Listing]:
    names = INSIDE.get(place.name, ())
    if place.name == "cau-hoi" and element(work.definition, place).kind != "table":
        names = ()
    return [listing_of(work, place.inside(name)) for name in names]


def _back(work: Work, place: Place) -> list[Link]:
    """The way back: the part, then each element around the place."""
    code, links = work.procedure.code, crumbs_of(work)
    page = PARTS[place.top].page
    links.append(Link(dict(_TITLES).get(page, PARTS[place.top].many), part_url(code, page)))
    for depth, (name, number) in enumerate(place.holders):
        around = Place(place.holders[:depth], name, number)
        title, _ = PARTS[name].tell(element(work.definition, around), work.definition)
        links.append(Link(title[:60], place_url(code, around.path)))
    return links


@_methods
def delete(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """`GET, POST …/xoa/<place>/`: take an element out, with everything in it."""
    work, place = work_on(actor_in(request), code), place_of(path)
    part = PARTS[place.name]
    title, detail = part.tell(element(work.definition, place), work.definition)
    initial = {"revision": work.revision}
    form = SeenForm(initial=initial, **bound_to(request))
    then = _holder_url(code, place.holder, place)

    def act() -> Done:
        made = without_element(work.definition, place)
        save(actor_in(request), made, revision=form.cleaned_data["revision"] or 0, at=timezone.now())
        return Done(f"Đã xóa {part.one} “{title}”.", then)

    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "title": f"Xóa {part.one} “{title}”?",
        "detail": detail,
        "count": sum(len(one.rows) for one in _inside(work, place)),
        "then": then,
        "crumbs": _back(work, place),
        "here": part_url(code, part.page),
    }
    return studio_page(request, "studio/delete.html", work, context, status=status)


@require_POST
def arrange(request: HttpRequest, code: str) -> HttpResponse:
    """`POST …/xep/`: move an element up or down (`do` is "up trang/0")."""
    work = work_on(actor_in(request), code)
    way, _, path = request.POST.get("do", "").partition(" ")
    place = place_of(path)
    then = _holder_url(code, place.holder, place)
    try:
        made = moved(work.definition, place, -1 if way == "up" else 1)
        revision = request.POST.get("revision", "")
        seen = int(revision) if revision.isdigit() else 0
        save(actor_in(request), made, revision=seen, at=timezone.now())
    except MotCuaError as refusal:
        if isinstance(refusal, NotFound):
            raise
        for problem in refusal.problems:
            messages.error(request, problem.message)
    answer = HttpResponseRedirect(f"{then}#{place.name}")
    answer.status_code = SEE_OTHER
    return answer
