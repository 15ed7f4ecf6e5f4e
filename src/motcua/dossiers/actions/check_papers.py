"""Đánh dấu giấy tờ đã kiểm tra."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier, who_was_first
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events_exchange import PapersChecked
from motcua.dossiers.models import Dossier, DossierComponent
from motcua.dossiers.rules.marks import mark_words
from motcua.dossiers.terms import Act, Seen
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem

MOST_PAGES = 9999


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody saw of one paper: in which shape, and how many pages (0: not counted)."""

    seen: Seen = Seen.UNSEEN
    pages: int = 0


@transaction.atomic
def check_papers(
    *, actor: Actor, dossier_id: int, at: datetime, checks: Mapping[str, Check], revision: int | None = None
) -> Dossier:
    """Đánh dấu giấy tờ: original, certified copy or copy seen, and its pages; papers not named stay as they are.

    `checks`: key of a paper → what was seen. Raises Invalid, Conflict when nothing is new.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CHECK_PAPERS, at=at, revision=revision)
    papers = {paper.key: paper for paper in dossier.components.order_by("position")}
    if problems := _problems(papers, checks):
        raise Invalid(problems)
    changed = [papers[key] for key, check in checks.items() if _is_new(papers[key], check)]
    if not changed:
        raise Conflict([Problem("nothing_changed", "Không có đánh dấu nào thay đổi."), who_was_first(dossier)])
    for paper in changed:
        paper.seen, paper.pages = checks[paper.key].seen, checks[paper.key].pages
    DossierComponent.objects.bulk_update(changed, ["seen", "pages"])
    note = "; ".join(f"{paper.name}: {_words(paper)}" for paper in changed)
    advance(dossier, actor=actor, act=Act.CHECK_PAPERS, at=at, note=note)
    emit(PapersChecked(dossier_id=dossier.pk, code=dossier.code), at=at)
    marks = {paper.key: [str(paper.seen), paper.pages] for paper in changed}
    record(actor, "dossier.papers_checked", dossier, at=at, data={"code": dossier.code, "marks": marks, "note": note})
    return dossier


def _words(paper: DossierComponent) -> str:
    return mark_words(paper.seen, paper.pages) or Seen.UNSEEN.label.lower()


def _is_new(paper: DossierComponent, check: Check) -> bool:
    return (paper.seen, paper.pages) != (check.seen, check.pages)


def _problems(papers: Mapping[str, DossierComponent], checks: Mapping[str, Check]) -> list[Problem]:
    problems = []
    for key, check in checks.items():
        if key not in papers:
            problems.append(Problem("unknown_component", "Hồ sơ không có giấy tờ đã chọn.", f"checks.{key}"))
        if not 0 <= check.pages <= MOST_PAGES:
            message = f"Số trang phải từ 0 đến {MOST_PAGES}."
            problems.append(Problem("pages", message, f"checks.{key}.pages"))
    return problems
