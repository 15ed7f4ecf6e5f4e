"""A dossier as its page tells it: clock, thread, files to look at, acts to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from motcua.agencies.queries import unit
from motcua.dossiers.models import Attachment, Dossier, IssuedPaper, Move
from motcua.dossiers.papers.forms import FORMS, Form, FormSet
from motcua.dossiers.queries.pages import Parts
from motcua.dossiers.queries.timing import Timing, pause_at
from motcua.dossiers.rules.causes import pause_words
from motcua.dossiers.rules.flow import is_assigning
from motcua.dossiers.terms import Act, AttachmentPurpose, Status, act_label
from motcua.files.terms import MediaType
from motcua.procedures.rules.selection import next_step, step_of
from motcua.sites.desk.forms.registry import SLUGS
from motcua.sites.desk.rows import first_answer_face, working_days
from motcua.sites.kit.clock import Clock, clock_of, retold
from motcua.sites.kit.thread import Knot, Mark
from motcua.sites.kit.words import size_text

_MARKS: dict[str, Mark] = {
    Act.REQUEST_SUPPLEMENT: "wait",
    Act.SEND_BACK: "wait",
    Act.CONSULT: "wait",
    Act.TAKE_BACK: "wait",
    "refuse_hand_over": "wait",
    "part_done": "good",
    Act.REFUSE: "bad",
    Act.REJECT: "bad",
    Act.WITHDRAW: "bad",
    Act.DELIVER: "good",
    Act.SUSPEND: "wait",
    Act.REQUEST_OBLIGATION: "wait",
    Act.APOLOGISE: "bad",
    Act.STOP: "bad",
    Act.REFUSE_SUPPLEMENT: "bad",
    Act.RECALL: "bad",
    Act.REOPEN: "wait",
}
_DANGER = frozenset({Act.REFUSE, Act.REJECT, Act.WITHDRAW, Act.STOP, Act.REFUSE_SUPPLEMENT, Act.RECALL, Act.REOPEN})
_FIRST = (
    Act.RECEIVE,
    Act.SUPPLEMENT,
    Act.RESUME,
    Act.FULFIL_OBLIGATION,
    Act.APPROVE,
    Act.SEAL,
    Act.COLLECT_CASH,
    Act.DELIVER,
    Act.APPRAISE,
    Act.ASSIGN,
    Act.FORWARD,
    Act.ANSWER_CONSULT,
    Act.DECIDE_CORRECTION,
)
_SHORT_KINDS = {
    MediaType.PDF: "PDF",
    MediaType.JPEG: "JPG",
    MediaType.PNG: "PNG",
    MediaType.DOCX: "DOC",
    MediaType.XLSX: "XLS",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something to look at. `key` names it in `?xem=`; `beside` is the address a browser can show ("": none),
    `look` the one for the frame beside the dossier."""

    key: str
    name: str
    url: str
    kind: str
    meta: str
    beside: str
    look: str = ""

    @property
    def is_image(self) -> bool:
        """Whether it is drawn as a picture that can be turned and made larger."""
        return self.kind in {"JPG", "PNG"}


@dataclass(frozen=True, slots=True)
class Button:
    """One act that is open now."""

    label: str
    url: str
    danger: bool


def clock_face(dossier: Dossier, parts: Parts, at: datetime, timing: Timing | None = None) -> Clock:
    """Return the clock of the dossier with its working and its pauses."""
    if dossier.received_at is None and dossier.status == Status.SUBMITTED:
        return first_answer_face(dossier, at)
    if not dossier.is_open and dossier.finished_at is None:
        return Clock("none", "Hồ sơ đã kết thúc")
    pause = pause_at(parts.suspensions, at)
    face = clock_of(
        due_at=dossier.due_at,
        at=at,
        working=working_days(dossier.due_working),
        why=str(dossier.due_working.get("text", "")),
        finished_at=dossier.finished_at,
        paused_since=pause.since if pause else None,
        paused_for=pause_words(pause.kind) if pause else "",
    )
    promised_at = timing.promised_at if timing and dossier.finished_at is None else None
    extended = dossier.extension_count > 0
    return retold(face, original_due_at=dossier.original_due_at, extended=extended, promised_at=promised_at)


def thread_of(dossier: Dossier, parts: Parts) -> list[Knot]:
    """Return what happened, where the dossier is now, and the steps that usually follow."""
    knots = [_past(dossier, move) for move in parts.moves]
    if not dossier.is_open:
        return knots
    where = unit(dossier.unit_id).name
    who = f"{dossier.holder.full_name}, {where}" if dossier.holder else where
    knots.append(Knot(f"Đang ở bước: {dossier.step.name}", "now", who=who))
    step, known = next_step(dossier.definition, dossier.step_key), {dossier.step_key}
    while step is not None and step.key not in known:
        knots.append(Knot(step.name, "next"))
        known.add(step.key)
        step = next_step(dossier.definition, step.key)
    return knots


def _past(dossier: Dossier, move: Move) -> Knot:
    title = act_label(move.act)
    if move.act == Act.FORWARD:
        title = f"Chuyển đến bước: {step_of(dossier.definition, move.to_step).name}"
    if move.act == Act.SEND_BACK:
        title = f"Trả lại bước: {step_of(dossier.definition, move.to_step).name}"
    who = ", ".join(filter(None, [move.actor_name, move.actor_title]))
    return Knot(title, _MARKS.get(move.act, "done"), at=move.at, who=who, text=move.note)


def sheets_of(dossier: Dossier, parts: Parts) -> tuple[list[Sheet], list[Sheet]]:
    """Return the issued papers and the files of the dossier, each ready to be looked at."""
    papers = [paper_sheet(dossier, paper) for paper in parts.papers]
    handed_in = [file for row in parts.components for file in row.files]
    return papers, [file_sheet(dossier, file) for file in [*handed_in, *parts.other_files]]


def paper_sheet(dossier: Dossier, paper: IssuedPaper) -> Sheet:
    """Return an issued paper as something to look at."""
    spec = FORMS[Form(paper.form), FormSet(paper.form_set)]
    number = f" (Mẫu {spec.number})" if spec.number else ""
    again = f", bản {paper.version}" if paper.version > 1 else ""
    url = reverse("desk:paper", args=[dossier.code, paper.pk])
    return Sheet(
        f"giay-{paper.pk}",
        f"{spec.title}{number}{again}",
        url,
        "PDF",
        paper.issued_by,
        url,
        _look(dossier, f"giay-{paper.pk}"),
    )


def file_sheet(dossier: Dossier, file: Attachment) -> Sheet:
    """Return a file as something to look at; what browsers cannot show is only a link."""
    known = MediaType(file.blob.media_type) if file.blob.media_type in set(MediaType) else None
    url = reverse("desk:file", args=[dossier.code, file.pk])
    beside = url if known and (known == MediaType.PDF or known.is_image) else ""
    kind = _SHORT_KINDS[known] if known else "TỆP"
    meta = f"{AttachmentPurpose(file.purpose).label}, {size_text(file.blob.size)}"
    return Sheet(f"tep-{file.pk}", file.name, url, kind, meta, beside, _look(dossier, f"tep-{file.pk}"))


def _look(dossier: Dossier, key: str) -> str:
    return f"{reverse('desk:look', args=[dossier.code])}?xem={key}"


def chosen_sheet(sheets: Sequence[Sheet], key: str) -> Sheet | None:
    """Return the sheet asked for by `?xem=`, else the first that a browser can show."""
    asked = next((sheet for sheet in sheets if sheet.key == key), None)
    return asked or next((sheet for sheet in sheets if sheet.beside), None)


def buttons_of(dossier: Dossier, acts: Sequence[Act]) -> tuple[list[Button], list[Button]]:
    """Return the acts open now: the ones that move the dossier on, and all others."""
    made = {act: Button(label_of(dossier, act), act_url(dossier, act), act in _DANGER) for act in acts}
    first = [made[act] for act in _FIRST if act in made]
    return first, [made[act] for act in acts if act not in _FIRST]


def label_of(dossier: Dossier, act: Act) -> str:
    """Return the words on the button: what forwarding means here, and whether the dossier is assigned again."""
    if act == Act.FORWARD:
        following = next_step(dossier.definition, dossier.step_key)
        by_condition = any(move.when for move in dossier.step.forward)
        return f"Chuyển đến: {following.name}" if following and not by_condition else act.label
    if act == Act.ASSIGN and not is_assigning(dossier.definition, dossier.step) and dossier.holder_id:
        return "Phân công lại"
    return act.label


def act_url(dossier: Dossier, act: Act) -> str:
    """Return the page of the act."""
    return reverse("desk:act", args=[dossier.code, SLUGS[act]])
