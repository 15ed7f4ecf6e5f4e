"""Soạn hồ sơ trực tuyến."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import Draft, DraftFile
from motcua.dossiers.queries.drafts import drafts_of
from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.hold import hold, release
from motcua.forms.rules.questions import LONGEST_INPUT
from motcua.forms.rules.reading import Typed
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.text import clean

MOST_DRAFTS = 20
MOST_FILES = 40
_LONGEST_VALUE = 4000
_KEY_BYTES = 16
_MOST_INPUTS = 5000
_MOST_TYPED = 1_000_000
#: Where a draft keeps its e-form: what was typed by flat names, which pages were shown, where answers come from.
FORM_TYPED, FORM_SEEN, FORM_MARKS = "to-khai", "to-khai.trang", "to-khai.nguon"


@transaction.atomic
def start_draft(*, actor: Actor, procedure_id: int, at: datetime) -> Draft:
    """Bắt đầu soạn hồ sơ: return the draft of that procedure the citizen already has, else a new one.

    Raises NotPermitted for anybody but a citizen, RuleBroken with too many drafts.
    """
    if actor.kind != "citizen" or actor.account_id is None:
        raise NotPermitted(Problem("citizens_only", "Hãy đăng nhập bằng tài khoản công dân để nộp hồ sơ."))
    own = drafts_of(actor)
    found = own.filter(procedure_id=procedure_id).first()
    if found is not None:
        return found
    if own.count() >= MOST_DRAFTS:
        message = f"Bạn đang soạn {MOST_DRAFTS} hồ sơ. Hãy nộp hoặc xóa bớt rồi soạn thêm."
        raise RuleBroken(Problem("too_many_drafts", message))
    return Draft.objects.create(
        account_id=actor.account_id,
        procedure_id=procedure_id,
        data={},
        created_at=at,
        saved_at=at,
        submission_key=secrets.token_urlsafe(_KEY_BYTES),
    )


@transaction.atomic
def save_draft(*, actor: Actor, draft_id: int, page: str, values: Mapping[str, str], at: datetime) -> Draft:
    """Lưu hồ sơ đang soạn: keep what was typed on one page, right or wrong; raises NotFound, Invalid."""
    draft = lock_draft(actor, draft_id)
    if any(len(value) > _LONGEST_VALUE for value in values.values()):
        raise Invalid(Problem("too_long", f"Mỗi ô được ghi tối đa {_LONGEST_VALUE} ký tự."))
    draft.data = {**draft.data, page: {name: value.replace("\0", "") for name, value in values.items()}}
    draft.saved_at = at
    draft.save(update_fields=["data", "saved_at"])
    return draft


@transaction.atomic
def save_form_page(
    *, actor: Actor, draft_id: int, page: str, typed: Typed, marks: Mapping[str, Mapping[str, str]], at: datetime
) -> Draft:
    """Lưu một trang tờ khai: keep everything typed into the e-form so far, right or wrong, and where it comes from.

    `page`: key of the page that was shown; it counts as seen from now on. Raises NotFound, Invalid.
    """
    draft = lock_draft(actor, draft_id)
    kept = {name: _bounded(value) for name, value in typed.items()}
    if len(kept) > _MOST_INPUTS or sum(len(str(value)) for value in kept.values()) > _MOST_TYPED:
        raise Invalid(Problem("too_long", "Tờ khai quá dài; hãy bỏ bớt dòng hoặc viết ngắn lại."))
    seen = [*draft.data.get(FORM_SEEN, []), page]
    draft.data = {
        **draft.data,
        FORM_TYPED: kept,
        FORM_SEEN: list(dict.fromkeys(seen)),
        FORM_MARKS: {key: dict(mark) for key, mark in marks.items()},
    }
    draft.saved_at = at
    draft.save(update_fields=["data", "saved_at"])
    return draft


def _bounded(value: str | Sequence[str]) -> str | list[str]:
    if isinstance(value, str):
        return value[:LONGEST_INPUT].replace("\0", "")
    return [one[:LONGEST_INPUT].replace("\0", "") for one in value]


@transaction.atomic
def add_draft_file(*, actor: Actor, draft_id: int, component_key: str, ref: FileRef, at: datetime) -> DraftFile:
    """Thêm tệp vào hồ sơ đang soạn: the same file for the same paper is kept once; raises NotFound, RuleBroken."""
    draft = lock_draft(actor, draft_id)
    found = draft.files.filter(component_key=component_key, blob_id=ref.sha256).first()
    if found is not None:
        return found
    if draft.files.count() >= MOST_FILES:
        raise RuleBroken(Problem("too_many_files", f"Mỗi hồ sơ kèm tối đa {MOST_FILES} tệp. Hãy gộp các trang lại."))
    hold(ref.sha256)
    draft.saved_at = at
    draft.save(update_fields=["saved_at"])
    return DraftFile.objects.create(
        draft=draft, component_key=component_key, blob_id=ref.sha256, name=clean(ref.name), added_at=at
    )


@transaction.atomic
def remove_draft_file(*, actor: Actor, draft_id: int, file_id: int) -> None:
    """Bỏ tệp khỏi hồ sơ đang soạn; a second time changes nothing. Raises NotFound for a draft not theirs."""
    found = lock_draft(actor, draft_id).files.filter(pk=file_id).first()
    if found is not None:
        release(found.blob_id)
        found.delete()


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: int) -> None:
    """Xóa hồ sơ đang soạn, its files with it; raises NotFound."""
    draft = lock_draft(actor, draft_id)
    for sha256 in draft.files.values_list("blob_id", flat=True):
        release(sha256)
    draft.delete()


def lock_draft(actor: Actor, draft_id: int) -> Draft:
    """Return the actor's own draft, its row locked; raises NotFound. Only in a transaction."""
    found = drafts_of(actor).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if found is None:
        raise NotFound(Problem("no_draft", "Không tìm thấy hồ sơ đang soạn này; có thể bạn đã nộp hoặc đã xóa nó."))
    return found
