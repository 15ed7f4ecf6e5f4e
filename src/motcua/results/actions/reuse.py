"""Dùng lại giấy tờ trong kho thay cho bản nộp."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.dossiers.models import Dossier, DossierComponent
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.terms import ReadingKind
from motcua.kernel.errors import NotFound, NotPermitted, Problem, RuleBroken
from motcua.results.models import Consent, ConsentEnd, Reuse, StoredPaper, with_all
from motcua.results.rules.standing import problems_of_reuse


@transaction.atomic
def reuse_papers(
    *, actor: Actor, dossier: Dossier, picks: Mapping[str, Sequence[int]], consent: Consent, at: datetime
) -> list[Reuse]:
    """Dùng lại giấy tờ: papers of the consenting person take the place of components of the dossier just handed in.

    `picks`: key of the component → ids of papers whose files are already among its own. In the transaction that made
    the dossier. Raises RuleBroken when a paper is revoked, replaced or run out, NotPermitted when it is somebody
    else's or the consent does not hold for this dossier, NotFound.
    """
    if not consent.given_at <= at <= consent.until:
        raise NotPermitted(Problem("consent_over", "Sự đồng ý dùng giấy tờ đã hết hạn; hãy xin đồng ý lại."))
    Consent.objects.select_for_update().get(pk=consent.pk)
    if ConsentEnd.objects.filter(consent=consent).exists():
        raise NotPermitted(Problem("consent_ended", "Người giữ giấy tờ đã rút sự đồng ý; không lấy giấy tờ nữa."))
    if not _is_theirs(dossier, consent):
        message = "Giấy tờ trong kho chỉ dùng cho hồ sơ mà người giữ giấy là chủ hồ sơ hoặc người nộp."
        raise NotPermitted(Problem("not_their_dossier", message))
    components = {one.key: one for one in DossierComponent.objects.filter(dossier=dossier)}
    if unknown := next((key for key in picks if key not in components), ""):
        raise NotFound(Problem("no_component", "Hồ sơ không có giấy tờ này.", f"components.{unknown}"))
    return [
        _reuse(actor, dossier, components[key], _paper(paper_id, consent, key), consent, at)
        for key, ids in picks.items()
        for paper_id in ids
    ]


def _is_theirs(dossier: Dossier, consent: Consent) -> bool:
    """Whether whoever agreed is the owner of the dossier, or handed it in; an organisation must be the owner."""
    if consent.holder_tax_code:
        return consent.holder_tax_code == dossier.owner.tax_code
    return bool(consent.holder_id) and consent.holder_id in {dossier.owner.personal_id, dossier.submitter.personal_id}


def _paper(paper_id: int, consent: Consent, key: str) -> StoredPaper:
    StoredPaper.objects.select_for_update().filter(pk=paper_id).first()
    theirs = StoredPaper.objects.filter(holder_id=consent.holder_id)
    if consent.holder_tax_code:
        theirs = StoredPaper.objects.filter(holder_tax_code=consent.holder_tax_code)
    found = with_all(theirs.filter(pk=paper_id)).first()
    if found is None:
        raise NotFound(Problem("no_paper", "Kho không có giấy tờ đã chọn.", f"components.{key}"))
    return found


def _reuse(
    actor: Actor, dossier: Dossier, component: DossierComponent, paper: StoredPaper, consent: Consent, at: datetime
) -> Reuse:
    field = f"components.{component.key}"
    if problems := problems_of_reuse(paper.facts(), timezone.localdate(at), field=field):
        raise RuleBroken(problems)
    blobs = [file.blob_id for file in paper.files.all()]
    if not component.attachments.filter(blob_id__in=blobs).exists():
        raise RuleBroken(Problem("file_not_there", f"Tệp của «{paper.name}» chưa ở trong hồ sơ.", field))
    reuse = Reuse.objects.create(
        dossier=dossier,
        component=component,
        paper=paper,
        consent=consent,
        reused_at=at,
        reused_by_id=actor.known_id,
    )
    data = {"code": dossier.code, "component": component.key, "consent": consent.pk, "how": consent.how}
    record(actor, "paper.reused", paper, at=at, data=data)
    if actor.kind == "officer":
        purpose = f"Dùng lại trong hồ sơ {dossier.code}"
        note_reading(actor, paper, kind=ReadingKind.WORK, purpose=purpose, at=at, code=dossier.code)
    return reuse
