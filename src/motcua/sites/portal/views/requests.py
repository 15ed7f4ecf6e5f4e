"""Answering a request for a supplement, and withdrawing."""

from collections.abc import Sequence

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.access import acts_open_to, get_visible_by_code
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries.pages import parts_of
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act
from motcua.files.queries import limits
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.terms import Actor
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import MotCuaError, Problem, RuleBroken
from motcua.sites.kit.forms import add_problems
from motcua.sites.kit.uploads import incoming
from motcua.sites.kit.words import size_text
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.forms.requests import SupplementForm, WithdrawForm, new_key
from motcua.sites.portal.views.dossiers import open_request

_SALT = "portal.supplement"
_DAYS = 2 * 86400


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<code>/rut/`: take the dossier back, with a reason and a second thought."""
    actor = citizen_in(request)
    dossier = get_visible_by_code(actor, code)
    if request.method == "POST":
        form = WithdrawForm(request.POST, label_suffix="")
        if form.is_valid() and (answer := _withdrawn(request, actor, dossier, form)):
            return answer
    else:
        _demand_open(actor, dossier, Act.WITHDRAW)
        form = WithdrawForm(initial={"key": new_key(), "revision": dossier.revision}, label_suffix="")
    context = {"dossier": dossier, "form": form}
    return render(request, "portal/withdraw.html", context, status=422 if form.errors else 200)


def _withdrawn(request: HttpRequest, actor: Actor, dossier: Dossier, form: WithdrawForm) -> HttpResponse | None:
    said, url = form.cleaned_data, reverse("portal:dossier", args=[dossier.code])

    def act() -> Reply:
        withdraw_dossier(
            actor=actor,
            dossier_id=dossier.pk,
            at=timezone.now(),
            reason=said["reason"],
            revision=said["revision"],
        )
        return Reply(status=302, location=url)

    mark = fingerprint_of(dossier.code, said["reason"])
    try:
        once(scope=f"portal:withdraw:{actor.account_id}", key=said["key"], fingerprint=mark, act=act)
    except MotCuaError as refusal:
        add_problems(form, refusal.problems)
        return None
    messages.success(request, f"Đã rút hồ sơ {dossier.code}.")
    return HttpResponseRedirect(url)


@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<code>/bo-sung/`: everything asked for, with a file box for each; files survive errors."""
    actor = citizen_in(request)
    dossier = get_visible_by_code(actor, code)
    asked = open_request(parts_of(dossier))
    kept: dict[str, list[FileRef]] = {}
    problems: list[Problem] = []
    if request.method == "POST":
        form = _supplement_form(dossier, asked, request.POST)
        kept, problems = _arrived(request, actor, asked)
        pressed = request.POST.get("go", "")
        if pressed or request.POST.get("fill") == "form":
            form.press(pressed)
            form.full_clean()
            form.errors.clear()
        elif form.is_valid() and not problems and (answer := _supplemented(request, actor, dossier, form, kept)):
            return answer
    else:
        _demand_open(actor, dossier, Act.SUPPLEMENT)
        form = _supplement_form(dossier, asked, None)
    add_problems(form, problems) if form.is_bound else None
    context = {
        "dossier": dossier,
        "form": form,
        "asked": asked,
        "rows": _rows(asked, actor, kept, problems),
        "largest": size_text(limits().size),
    }
    return render(request, "portal/supplement.html", context, status=422 if form.errors else 200)


def _supplement_form(dossier: Dossier, asked: SupplementRequest | None, data: QueryDict | None) -> SupplementForm:
    form = SupplementForm(data, initial={"key": new_key(), "revision": dossier.revision}, label_suffix="")
    form.declare(dossier, asked.fields if asked else (), today=timezone.localdate())
    return form


def _supplemented(
    request: HttpRequest, actor: Actor, dossier: Dossier, form: SupplementForm, files: dict[str, list[FileRef]]
) -> HttpResponse | None:
    said, url = form.cleaned_data, reverse("portal:dossier", args=[dossier.code])

    def act() -> Reply:
        supplement_dossier(
            actor=actor,
            dossier_id=dossier.pk,
            at=timezone.now(),
            note=said["note"],
            files=files,
            form=form.answers,
            revision=said["revision"],
        )
        return Reply(status=302, location=url)

    # Files are no part of the mark: once answered, the boxes of the request are gone and cannot be named again.
    typed = [f"{name}={value!r}" for name, value in sorted(form.answers.items())]
    mark = fingerprint_of(dossier.code, str(said["revision"]), said["note"], *typed)
    try:
        once(scope=f"portal:supplement:{actor.account_id}", key=said["key"], fingerprint=mark, act=act)
    except MotCuaError as refusal:
        form.refuse(refusal.problems)
        return None
    messages.success(request, "Đã gửi giấy tờ bổ sung. Cơ quan sẽ xem và giải quyết tiếp.")
    return HttpResponseRedirect(url)


def _arrived(
    request: HttpRequest, actor: Actor, asked: SupplementRequest | None
) -> tuple[dict[str, list[FileRef]], list[Problem]]:
    """The files that came now or at an earlier try, by component, and what is wrong with those that came now."""
    kept: dict[str, list[FileRef]] = {}
    problems = problems_of_upload(request)
    for number, key in enumerate(_keys(asked)):
        refs = [ref for mark in request.POST.getlist(f"giu-{number}") if (ref := _ref(actor, mark))]
        for name, get in incoming(actor, request, f"tep-{number}", timezone.now()):
            try:
                stored = get()
                refs.append(FileRef(stored.sha256, stored.name))
            except MotCuaError as refusal:
                problems += [Problem(one.code, f"{name}{one.message}", key) for one in refusal.problems]
        known = {ref.sha256: ref for ref in refs}
        kept.setdefault(key, []).extend(known.values())
    return kept, problems


def _keys(asked: SupplementRequest | None) -> list[str]:
    """Component keys to upload for: one box an item, and one for anything else."""
    keys = [str(item.get("component", "")) for item in asked.items] if asked else []
    return [*dict.fromkeys(key for key in keys if key), ""]


def _rows(
    asked: SupplementRequest | None, actor: Actor, kept: dict[str, list[FileRef]], problems: Sequence[Problem]
) -> list[dict[str, object]]:
    names = {str(item.get("component", "")): str(item.get("name", "")) for item in asked.items} if asked else {}
    names[""] = "Giấy tờ khác"
    return [
        {
            "input": f"tep-{number}",
            "kept_input": f"giu-{number}",
            "name": names[key],
            "kept": [(ref.name, _mark(actor, ref)) for ref in kept.get(key, [])],
            "errors": [one.message for one in problems if one.field == key],
        }
        for number, key in enumerate(_keys(asked))
    ]


def _demand_open(actor: Actor, dossier: Dossier, act: Act) -> None:
    if act not in acts_open_to(actor, dossier, timezone.now()):
        message = f"Hồ sơ {dossier.code} hiện không thực hiện được việc «{act.label}»; hãy mở lại trang hồ sơ để xem."
        raise RuleBroken(Problem("not_open", message))


def _mark(actor: Actor, ref: FileRef) -> str:
    return signing.dumps([ref.sha256, ref.name, actor.account_id], salt=_SALT)


def _ref(actor: Actor, mark: str) -> FileRef | None:
    try:
        sha256, name, account_id = signing.loads(mark, salt=_SALT, max_age=_DAYS)
    except (signing.BadSignature, ValueError):
        return None
    return FileRef(sha256, name) if account_id == actor.account_id else None
