"""Tờ khai: the e-form of a dossier (or of a draft) as the sheet of paper that the law knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.terms import Channel
from motcua.forms.papers.printing import Head, declaration_pdf, paper_pdf
from motcua.forms.rules.answers import from_json
from motcua.forms.terms import Form, PaperTemplate
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.terms import Definition


def declaration_of(dossier: Dossier) -> bytes:
    """Return the declaration of a dossier as PDF; raises NotFound when it has none, or has it on paper."""
    form, answers = dossier.definition.form, getattr(dossier, "answers", None)
    if form is None or answers is None:
        raise NotFound(Problem("no_form", "Hồ sơ này không có tờ khai điện tử."))
    online = dossier.channel == Channel.ONLINE
    head = Head(
        issued_at=dossier.submitted_at,
        code=dossier.code,
        url=tracking_url(dossier),
        signer=dossier.submitter.name,
        signed_note="Đã gửi trực tuyến bằng tài khoản định danh" if online else "",
    )
    facts: dict[str, Any] = {
        "today": dossier.submitted_at.astimezone(VIET_NAM).date(),
        "code": dossier.code,
        "case": dossier.case_key,
        "channel": dossier.channel,
    }
    return _printed(dossier.definition, form, from_json(form, answers.values), facts, head)


def declaration_of_draft(
    definition: Definition, values: Mapping[str, object], *, at: datetime, signer: str = ""
) -> bytes:
    """Return the declaration as it stands before it is handed in, marked as a preview; raises NotFound."""
    if definition.form is None:
        raise NotFound(Problem("no_form", "Thủ tục này không có tờ khai điện tử."))
    head = Head(issued_at=at, signer=signer, preview=True)
    return _printed(definition, definition.form, values, {"today": at.astimezone(VIET_NAM).date()}, head)


def _printed(
    definition: Definition, form: Form, values: Mapping[str, object], facts: Mapping[str, object], head: Head
) -> bytes:
    template = _template(definition)
    if template is not None:
        return paper_pdf(template, form, values, facts, head=head)
    return declaration_pdf(form, values, head=head, facts=facts)


def _template(definition: Definition) -> PaperTemplate | None:
    """The procedure's own layout of its declaration, when it has one with something in it."""
    own = (paper for paper in definition.papers if paper.kind == "declaration" and paper.blocks)
    return next(own, None)
