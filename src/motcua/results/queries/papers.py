"""Papers with everything that belongs to them; which of them fit what a procedure asks for."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from motcua.procedures.rules.selection import NeededComponent
from motcua.results.models import IssuedResult, StoredPaper, with_all
from motcua.results.rules.codes import read_code
from motcua.results.rules.fitting import fits
from motcua.results.rules.standing import problems_of_reuse


def versions_of(paper: StoredPaper) -> list[StoredPaper]:
    """Return every version of a paper, newest first."""
    if paper.dossier_id is None or not hasattr(paper, "issued"):
        return _chain(paper)
    same = StoredPaper.objects.filter(dossier_id=paper.dossier_id, issued__isnull=False)
    return list(with_all(same).order_by("-version"))


def _chain(paper: StoredPaper) -> list[StoredPaper]:
    """The paper with those it replaces; deposits seldom have more than two versions."""
    found = [paper]
    while (before := found[-1].replaces) is not None:
        found.append(before)
    return found


def by_code(typed: str) -> StoredPaper | None:
    """Return the result of a look-up code as somebody typed it; None for any other."""
    code = read_code(typed)
    if not code:
        return None
    return with_all(StoredPaper.objects.filter(issued__code=code)).first()


def by_hashes(hashes: Sequence[str]) -> StoredPaper | None:
    """Return the paper whose file, as issued or as archived, has one of these SHA-256 hashes; the newest version."""
    if not hashes:
        return None
    return with_all(StoredPaper.objects.filter(files__blob_id__in=hashes)).order_by("-version", "-id").first()


def revoked_codes(today: date) -> list[str]:
    """Return the look-up codes of revoked results that have not run out anyway."""
    revoked = IssuedResult.objects.filter(paper__revocation__isnull=False).exclude(paper__valid_to__lt=today)
    return list(revoked.order_by("code").values_list("code", flat=True))


def replaced_codes(today: date) -> list[str]:
    """Return the look-up codes of results that a newer version replaced and that were not revoked or run out anyway."""
    replaced = IssuedResult.objects.filter(paper__replaced_by__isnull=False, paper__revocation__isnull=True)
    return list(replaced.exclude(paper__valid_to__lt=today).order_by("code").values_list("code", flat=True))


def fitting(
    holder_ids: Sequence[str], needed: Sequence[NeededComponent], *, today: date, tax_codes: Sequence[str] = ()
) -> dict[str, list[StoredPaper]]:
    """Return for each component's key the papers of these persons, and of these organisations, that may take its
    place today, newest first.
    """
    known, organisations = [one for one in holder_ids if one], [one for one in tax_codes if one]
    if not (known or organisations) or not needed:
        return {}
    theirs = Q(holder_id__in=known) | Q(holder_tax_code__in=organisations)
    papers = [
        paper
        for paper in with_all(StoredPaper.objects.filter(theirs)).order_by("-id")
        if not problems_of_reuse(paper.facts(), today)
    ]
    found = {one.component.key: [paper for paper in papers if _fits(one, paper)] for one in needed}
    return {key: fit for key, fit in found.items() if fit}


def _fits(needed: NeededComponent, paper: StoredPaper) -> bool:
    component = needed.component
    return fits(component.name, component.reuse, paper_name=paper.name, paper_code=paper.paper_code)
