"""Papers of one's own store in place of uploads: offered on the page of papers, used when the dossier is handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from motcua.dossiers.actions.compose import add_draft_file, save_draft
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Digitised
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem
from motcua.results.access import holder_of, is_verified, own_paper, represents
from motcua.results.actions.consent import consent_online
from motcua.results.actions.reuse import reuse_papers
from motcua.results.models import StoredPaper
from motcua.results.queries.papers import fitting
from motcua.results.rules.standing import problems_of_reuse
from motcua.results.terms import PaperKind
from motcua.sites.portal.applying import STORE, Applying

_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that may take the place of an upload; `value` is what its button sends."""

    value: str
    words: str


def offers_of(applying: Applying) -> dict[str, list[Offer]]:
    """Return for each component's key the papers of the citizen's store that fit and are not taken yet."""
    if not is_verified(applying.account):
        return {}
    today = timezone.localdate(applying.at)
    tax_codes = [one.tax_code for one in represents(applying.account.pk, today)]
    found = fitting([applying.account.personal_id], applying.to_upload, today=today, tax_codes=tax_codes)
    return {
        key: [Offer(f"{key}:{one.pk}", _words(one)) for one in papers if one.pk not in applying.taken.get(key, ())]
        for key, papers in found.items()
    }


def _words(paper: StoredPaper) -> str:
    number = f" số {paper.number}" if paper.number else ""
    issued = f", {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    return f"{paper.name}{number}, {paper.issuer}{issued}"


def take(actor: Actor, applying: Applying, value: str) -> list[Problem]:
    """Put a paper of the store among the files of the draft; return why not.

    Raises NotFound for a paper that is not theirs.
    """
    key, _, number = value.rpartition(":")
    paper = own_paper(actor, int(number) if number.isdecimal() and len(number) < _LONGEST_ID else 0)
    problems = problems_of_reuse(paper.facts(), timezone.localdate(applying.at), field=key)
    file = paper.latest_file
    if problems or file is None or key not in {one.component.key for one in applying.to_upload}:
        return problems
    ref = FileRef(file.blob_id, file.name)
    draft_id = applying.draft.pk
    add_draft_file(actor=actor, draft_id=draft_id, component_key=key, ref=ref, at=applying.at)
    code = Digitised.RESULT_REUSED if paper.kind == PaperKind.RESULT else Digitised.PAPER_REUSED
    taken = {**applying.typed(STORE), f"{key}|{file.blob_id}": f"{paper.pk}:{code.value}"}
    save_draft(actor=actor, draft_id=draft_id, page=STORE, values=taken, at=applying.at)
    return []


def use(actor: Actor, taken: Mapping[str, Sequence[int]], dossier: Dossier, *, at: datetime) -> None:
    """Write down that papers of the store were used, by the citizen's own consent; nothing taken, nothing written.

    In the transaction that made the dossier. Raises RuleBroken for a paper that holds no more.
    """
    if not taken:
        return
    purpose = f"Nộp hồ sơ {dossier.code}"
    for tax_code, picks in _by_organisation(actor, taken).items():
        consent = consent_online(actor=actor, purpose=purpose, at=at, tax_code=tax_code)
        reuse_papers(actor=actor, dossier=dossier, picks=picks, consent=consent, at=at)


def _by_organisation(actor: Actor, taken: Mapping[str, Sequence[int]]) -> dict[str, dict[str, list[int]]]:
    """The papers by whose they are: "" for the citizen's own, else the tax code of the organisation."""
    own = holder_of(actor).personal_id
    ids = [pk for some in taken.values() for pk in some]
    rows = StoredPaper.objects.filter(pk__in=ids).values_list("pk", "holder_id", "holder_tax_code")
    whose = {pk: "" if holder_id == own else tax_code for pk, holder_id, tax_code in rows}
    found: dict[str, dict[str, list[int]]] = {}
    for key, some in taken.items():
        for pk in some:
            found.setdefault(whose.get(pk, ""), {}).setdefault(key, []).append(pk)
    return found
