"""What can be done to the catalogue: publish, offer, stop offering, retire, take in many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import UnitKind
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.access import require_catalogue
from motcua.procedures.actions import (
    create_draft_version,
    import_definition,
    offer,
    propose_definition,
    propose_version,
    retire,
    stop_offering,
)
from motcua.procedures.actions.import_definition import says_so_already
from motcua.procedures.models import Domain, Procedure, ProcedureVersion
from motcua.procedures.queries import draft_of, revision_of, versions_of
from motcua.procedures.terms import Definition, Level
from motcua.sites.backoffice.definitions import as_yaml, read_definition, texts_in
from motcua.sites.backoffice.forms.procedures import CatalogueForm, OfferForm, OfferManyForm, PublishForm, RetireForm
from motcua.sites.backoffice.reach import own_units
from motcua.sites.backoffice.views.imports import NOTHING
from motcua.sites.backoffice.views.procedures import known_procedure, shown_version
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import SEE_OTHER, Done, Frame, form_page, show_form, try_act
from motcua.sites.office.forms import ReasonForm, bound_to, content_of, day_label
from motcua.sites.office.shell import office_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


def procedure_url(code: str) -> str:
    """Return the page of a procedure."""
    return reverse("backoffice:procedure", args=[code])


def _back(procedure: Procedure | None = None) -> list[Link]:
    found = [Link("Thủ tục", reverse("backoffice:procedures"))]
    return [*found, Link(procedure.code, procedure_url(procedure.code))] if procedure else found


@_methods
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /quan-tri/thu-tuc/<code>/phien-ban/`: another version, from YAML."""
    require_catalogue(actor_in(request))
    procedure = known_procedure(code)
    versions = list(versions_of(procedure.pk))
    draft = draft_of(code)
    shown = draft or shown_version(versions)
    text = as_yaml(shown.content) if shown else ""
    page = _Text(text, revision_of(draft), code)
    return _publish_page(request, page, _back(procedure), f"Phiên bản mới: {procedure.name}")


@_methods
def publish_new(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/thu-tuc/moi/`: a procedure the catalogue does not have yet, from YAML."""
    require_catalogue(actor_in(request))
    return _publish_page(request, _Text("", 0, ""), _back(), "Thêm thủ tục")


@dataclass(frozen=True, slots=True)
class _Text:
    """The text to begin with, the revision of the draft it shows, the code it must keep ("" = any)."""

    text: str
    revision: int
    code: str


def _publish_page(request: HttpRequest, page: _Text, back: list[Link], title: str) -> HttpResponse:
    actor = actor_in(request)
    initial = {"text": page.text, "revision": page.revision}
    form = PublishForm(today=timezone.localdate(), initial=initial, **bound_to(request))
    as_draft = request.POST.get("then") == "draft"

    def act() -> Done:
        definition = read_definition(form.content)
        if page.code and definition.code != page.code:
            message = f"Mã thủ tục phải là {page.code}, không phải {definition.code}."
            raise Invalid(Problem("other_code", message, "code"))
        return _keep_draft(actor, definition, form, propose=not as_draft)

    lead = "Người thứ hai duyệt rồi thủ tục mới có hiệu lực. Hồ sơ đã nhận giữ phiên bản cũ."
    frame = Frame(title, "Xin công bố", back, lead, template="backoffice/publish.html")
    return form_page(request, form, act, frame)


def _keep_draft(actor: Actor, definition: Definition, form: PublishForm, *, propose: bool) -> Done:
    """Keep the draft; ask for its publication, every rule problem told at once."""
    at, then = timezone.now(), procedure_url(definition.code)
    seen = form.cleaned_data["revision"] or 0
    if propose and says_so_already(definition):
        return Done("Thủ tục đã nói như vậy rồi; không có gì thay đổi.", then)
    draft = create_draft_version(actor=actor, definition=definition, at=at, revision=seen)
    if not propose:
        return Done("Đã lưu bản thảo.", then)
    on = form.cleaned_data["on"]
    propose_version(actor=actor, code=definition.code, revision=revision_of(draft), valid_from=on, at=at)
    return Done("Đã xin công bố; chờ một quản trị danh mục khác duyệt.", then)


@_methods
def offer_one(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/tiep-nhan/`: an agency takes the procedure, a unit of it works on the dossiers."""
    actor, today, procedure = actor_in(request), timezone.localdate(), known_procedure(code)
    form = OfferForm(own_units(actor, today), today=today, **bound_to(request))

    def act() -> Done:
        handling = unit_by_id(form.handling_id)
        on = form.cleaned_data["on"]
        _offer(actor, code, handling.agency_id, handling.id, form)
        return Done(f"{unit_by_id(handling.agency_id).name} tiếp nhận từ {on:%d/%m/%Y}.", procedure_url(code))

    lead = "Cơ quan đang tiếp nhận mà chọn đơn vị thụ lý khác thì từ ngày đó hồ sơ mới chuyển đến đơn vị khác."
    return form_page(
        request, form, act, Frame(f"Cơ quan tiếp nhận: {procedure.name}", "Đăng ký", _back(procedure), lead)
    )


def _offer(actor: Actor, code: str, agency_id: int, handling_id: int, form: OfferForm) -> None:
    offer(
        actor=actor,
        code=code,
        agency_id=agency_id,
        handling_unit_id=handling_id,
        at=timezone.now(),
        valid_from=form.cleaned_data["on"],
    )


@_methods
def offer_many(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/thu-tuc/tiep-nhan/`: all procedures of some fields for one unit."""
    return offer_many_page(request, reverse("backoffice:procedures"), _back())


def offer_many_page(request: HttpRequest, then: str, back: list[Link]) -> HttpResponse:
    """Answer the page that offers all procedures of some fields, then go on to `then`."""
    actor, today = actor_in(request), timezone.localdate()
    domains = Domain.objects.filter(procedures__is_listed=True).distinct().order_by("name").values_list("code", "name")
    form = OfferManyForm(own_units(actor, today), domains, today=today, **bound_to(request))

    def act() -> Done:
        handling = unit_by_id(form.handling_id)
        agency = unit_by_id(handling.agency_id)
        level = Level.COMMUNE if agency.kind == UnitKind.COMMUNE else Level.PROVINCE
        wanted = Procedure.objects.filter(domain__code__in=form.cleaned_data["domains"], level=level, is_listed=True)
        codes = list(wanted.order_by("code").values_list("code", flat=True))
        if not codes:
            message = f"Các lĩnh vực đã chọn không có thủ tục {level.label.lower()} nào đang có hiệu lực."
            raise Invalid(Problem("nothing_to_offer", message, "domains"))
        for code in codes:
            _offer(actor, code, agency.id, handling.id, form)
        return Done(f"{agency.name} tiếp nhận {len(codes)} thủ tục; thụ lý: {handling.name}.", then)

    lead = "Cơ quan cấp xã nhận các thủ tục cấp xã; cơ quan khác nhận các thủ tục cấp tỉnh."
    return form_page(request, form, act, Frame("Đăng ký tiếp nhận theo lĩnh vực", "Đăng ký", back, lead))


@_methods
def offer_stop(request: HttpRequest, code: str, agency_id: int) -> HttpResponse:
    """`GET, POST …/thoi-tiep-nhan/<agency>/`: the agency takes no new dossiers from today."""
    actor, procedure, agency = actor_in(request), known_procedure(code), unit_by_id(agency_id)
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        why = form.cleaned_data["reason"]
        stop_offering(actor=actor, code=code, agency_id=agency_id, reason=why, at=timezone.now())
        return Done(f"{agency.name} thôi tiếp nhận thủ tục này.", procedure_url(code))

    lead = f"{agency.name} không nhận hồ sơ mới của thủ tục này từ hôm nay. Hồ sơ đã nhận vẫn được giải quyết."
    frame = Frame(f"Thôi tiếp nhận: {procedure.name}", "Thôi tiếp nhận", _back(procedure), lead, danger=True)
    return form_page(request, form, act, frame)


@_methods
def retire_one(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/bai-bo/`: the procedure no longer holds."""
    actor, procedure = actor_in(request), known_procedure(code)
    require_catalogue(actor)
    form = RetireForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        retire(actor=actor, code=code, retired_on=said["on"], reason=said["reason"], at=timezone.now())
        return Done(f"Thủ tục hết hiệu lực từ ngày {said['on']:%d/%m/%Y}.", procedure_url(code))

    lead = "Mọi cơ quan thôi tiếp nhận từ ngày đó. Hồ sơ đã nhận vẫn được giải quyết theo phiên bản cũ."
    frame = Frame(f"Bãi bỏ: {procedure.name}", "Bãi bỏ thủ tục", _back(procedure), lead, danger=True)
    return form_page(request, form, act, frame)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    name: str
    code: str
    result: str
    problems: tuple[Problem, ...] = field(default=())


@_methods
def catalogue_import(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/thu-tuc/nhap/`: a YAML file, or a zip of them."""
    return take_catalogue(request, reverse("backoffice:procedures"), _back())


def take_catalogue(
    request: HttpRequest, then: str, back: list[Link], more: Mapping[str, object] = NOTHING
) -> HttpResponse:
    """Answer the page that takes definitions in; what a rule forbids is listed, the rest is published."""
    actor = actor_in(request)
    require_catalogue(actor)
    form = CatalogueForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))
    outcomes: list[FileOutcome] = []
    is_new = not ProcedureVersion.objects.filter(published_at__isnull=False).exists()

    def act() -> Done:
        file, on = form.cleaned_data["file"], form.cleaned_data["on"]
        for name, content in texts_in(str(file.name), content_of(file)):
            outcomes.append(_take_file(actor, name, content, form, alone=is_new))
        count = Counter(one.result for one in outcomes)
        if is_new:
            return Done(f"Đã công bố {count['taken']} thủ tục, có hiệu lực từ {on:%d/%m/%Y}.", then)
        return Done(f"Đã xin công bố {count['proposed']} thủ tục; chờ một quản trị danh mục khác duyệt.", then)

    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None and answer.status_code == SEE_OTHER and any(one.problems for one in outcomes):
            count = Counter(one.result for one in outcomes)
            context = {
                "outcomes": [one for one in outcomes if one.problems],
                "count": count,
                "then": then,
                "crumbs": back,
                **more,
            }
            return office_page(request, "backoffice/imported.html", context)
        if answer is not None:
            return answer
    lead = "Thủ tục đã có mà nội dung khác thì thành phiên bản mới; nội dung như cũ thì giữ nguyên."
    if not is_new:
        lead += " Mỗi thủ tục chờ một quản trị danh mục khác duyệt công bố."
    return show_form(request, form, Frame("Nhập danh mục thủ tục", "Nhập", back, lead, more=more), status=status)


def _take_file(actor: Actor, name: str, content: bytes, form: CatalogueForm, *, alone: bool) -> FileOutcome:
    """Take one file in: `alone`, while the house is set up, it is published at once; later a second person does."""
    try:
        definition = read_definition(content)
    except Invalid as refusal:
        return FileOutcome(name, "", "refused", refusal.problems)
    at, on = timezone.now(), form.cleaned_data["on"]
    if alone:
        outcome = import_definition(actor=actor.as_house(), definition=definition, at=at, valid_from=on)
    else:
        outcome = propose_definition(actor=actor, definition=definition, at=at, valid_from=on)
    return FileOutcome(name, outcome.code, outcome.result, outcome.problems)
