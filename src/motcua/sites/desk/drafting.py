"""A first text or file for the specialist's draft, made of the facts of the dossier; to be read and changed."""

from datetime import datetime
from typing import Any

from motcua.agencies.queries import unit
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.result import words_of_template
from motcua.dossiers.papers.templates_of import paper_of, papers_open
from motcua.dossiers.terms import PartyKind
from motcua.files.actions.store import store_paper
from motcua.forms.terms import PaperTemplate
from motcua.sites.desk.forms.uploads import KEPT, SENT, mark_of_stored
from motcua.sites.kit.words import local_date

#: Papers whose number stands between their kind and what they are about; laws bear it at the end.
_NUMBERED_FIRST = ("Nghị định", "Nghị quyết", "Quyết định", "Thông tư liên tịch", "Thông tư", "Chỉ thị")


def ground_text(name: str, number: str) -> str:
    """Return one ground as official papers cite it: "Căn cứ Nghị định số 123/2015/NĐ-CP quy định …;"."""
    for kind in _NUMBERED_FIRST:
        about = name.removeprefix(kind).strip()
        if name.startswith(f"{kind} ") and not about[0].isdigit() and not about.startswith("số "):
            return f"Căn cứ {kind} số {number} {about};"
    return f"Căn cứ {name} số {number};"


def draft_text(dossier: Dossier, *, is_negative: bool) -> str:
    """Return grounds, facts and the decision proposed, in the order of official papers (Nghị định 30/2020/NĐ-CP)."""
    definition, owner = dossier.definition, dossier.owner
    bases = [ground_text(law.name, law.number) for law in definition.legal_basis]
    who = "tổ chức" if owner.kind == PartyKind.ORGANISATION else "ông/bà"
    number = owner.personal_id or owner.tax_code
    known_by = f", số định danh {number}" if number else ""
    when = f"{local_date(dossier.submitted_at):%d/%m/%Y}"
    facts = f"Xét hồ sơ {dossier.code} nộp ngày {when} của {who} {owner.name}{known_by}, về việc {definition.name}."
    agency = unit(dossier.agency_id).name
    if is_negative:
        decision = f"{agency} không giải quyết đề nghị nêu trên. Lý do: …"
    else:
        what = definition.results[0].name if definition.results else "kết quả theo đề nghị"
        decision = f"{agency} giải quyết đề nghị nêu trên và cấp {what} cho {who} {owner.name}."
    return "\n".join([*bases, "", facts, "", decision]).strip()


def papers_to_draft(dossier: Dossier, *, at: datetime) -> list[PaperTemplate]:
    """Return the results and letters of the procedure that are open for the dossier: each may be the draft."""
    return [paper for paper in papers_open(dossier, at=at) if paper.kind in {"result", "letter"}]


def with_paper(dossier: Dossier, key: str, data: Any, *, at: datetime) -> Any:
    """Return what was typed with a paper of the procedure as the draft, in place of any other.

    A result is drafted as its words, to be changed and compared; a letter as a file. Raises NotFound when the paper is
    not open.
    """
    paper = next((one for one in papers_open(dossier, at=at) if one.key == key), None)
    if paper is not None and paper.kind == "result":
        data = data.copy()
        data["template"], data["text"] = key, words_of_template(dossier, paper, at=at)
        return data
    name = paper.name if paper else ""
    stored = store_paper(paper_of(dossier, key, at=at), name=f"Dự thảo {name}.pdf", at=at)
    data = data.copy()
    data.setlist(f"file{KEPT}", [mark_of_stored(stored)])
    data.setlist(f"file{SENT}", [])
    return data
