"""Thẩm định hồ sơ, dự thảo kết quả."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.events import DossierAppraised
from motcua.dossiers.models import Dossier, DraftResult
from motcua.dossiers.papers.initialled import refuse_without_initials
from motcua.dossiers.papers.result import words_of_template
from motcua.dossiers.papers.templates_of import papers_open, result_paper
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.flow import closed_ways, target_forward
from motcua.dossiers.rules.likeness import says_the_same
from motcua.dossiers.terms import Act, AttachmentPurpose, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean

_LONGEST = 20_000


@transaction.atomic
def appraise_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    opinion: str,
    text: str = "",
    file: FileRef | None = None,
    is_negative: bool = False,
    template: str = "",
    to_step: str = "",
    revision: int | None = None,
    initialled: bool = False,
) -> Dossier:
    """Thẩm định: the specialist states an opinion, drafts the result and passes it on.

    `initialled`: the initials that the step may demand are made with it (`initial_and_hand_on`).

    The draft is written or attached, or follows a paper of the procedure: `template` is its key, `text` its words as
    they were changed ("": unchanged). Raises Invalid when the opinion or the draft is missing, the paper is none of
    this dossier, or the step to go to is not allowed.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.APPRAISE, at=at, revision=revision)
    opinion, text = clean(opinion, keep_lines=True), clean(text, keep_lines=True)
    facts = process_facts(dossier, at, actor)
    if closed := closed_ways(dossier.definition, dossier.step, facts, to=to_step):
        raise RuleBroken(closed)
    step = target_forward(dossier.definition, dossier.step, to_step, facts)
    problems = _problems(opinion, text, has_file=file is not None or bool(template))
    problems += _problems_of_template(dossier, template, at=at, is_negative=is_negative)
    if step is None:
        problems.append(Problem("no_such_move", "Từ bước này không chuyển được đến bước đã chọn.", "to_step"))
    if problems:
        raise Invalid(problems)
    if not initialled:
        refuse_without_initials(dossier, is_new=True)
    text = own_words(dossier, template, text, at=at)
    attachment = attach(actor, dossier, file, purpose=AttachmentPurpose.DRAFT, at=at) if file else None
    draft = DraftResult(
        dossier=dossier,
        number=dossier.drafts.count() + 1,
        is_negative=is_negative,
        opinion=opinion,
        text=text,
        template=template,
        attachment=attachment,
        author_id=actor.known_id,
        author_name=actor.name,
        at=at,
    )
    insert(draft)
    advance(dossier, actor=actor, act=Act.APPRAISE, at=at, status=Status.PROCESSING, step=step, note=opinion)
    event = DossierAppraised(
        dossier_id=dossier.pk, code=dossier.code, draft_number=draft.number, unit_id=dossier.unit_id
    )
    emit(event, at=at)
    kept = {"file": file.sha256 if file else "", "template": template}
    data = {"code": dossier.code, "draft": draft.number, "is_negative": is_negative, **kept}
    record(actor, "dossier.appraised", dossier, at=at, data=data)
    return dossier


def own_words(dossier: Dossier, template: str, text: str, *, at: datetime) -> str:
    """Return the text, "" when it says word for word what the paper says by itself."""
    paper = result_paper(dossier, template) if template and text else None
    return "" if paper is not None and says_the_same(words_of_template(dossier, paper, at=at), text) else text


def _problems_of_template(dossier: Dossier, template: str, *, at: datetime, is_negative: bool) -> list[Problem]:
    if not template:
        return []
    if is_negative:
        message = "Đề nghị không giải quyết thì không dùng mẫu kết quả của thủ tục; hãy soạn văn bản trả lời."
        return [Problem("template_grants", message, "template")]
    open_ones = [one.key for one in papers_open(dossier, at=at) if one.kind == "result"]
    if template not in open_ones:
        return [Problem("no_template", "Thủ tục không có mẫu kết quả này cho hồ sơ ở bước này.", "template")]
    return []


def _problems(opinion: str, text: str, *, has_file: bool) -> list[Problem]:
    problems = []
    if not opinion:
        problems.append(Problem("required", "Chưa có ý kiến thẩm định.", "opinion"))
    if not text and not has_file:
        problems.append(Problem("no_draft", "Chưa có dự thảo kết quả: hãy soạn nội dung hoặc đính kèm tệp.", "text"))
    if max(len(opinion), len(text)) > _LONGEST:
        problems.append(Problem("too_long", f"Ý kiến và dự thảo dài tối đa {_LONGEST} ký tự.", "text"))
    return problems
