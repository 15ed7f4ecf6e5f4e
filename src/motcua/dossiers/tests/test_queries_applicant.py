"""What the applicant may read of their own dossier, and what stays inside the office."""

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.applicant import drafts_open_to, files_open_to, moves_open_to, result_open_to
from motcua.dossiers.rules.openness import result_is_open
from motcua.dossiers.tests.world import World, moment


def _appraised(world: World) -> Dossier:
    dossier = world.received()
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 10), note="Khách vội")
    to = world.specialist.account_id
    assert to is not None
    assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 11), to_account_id=to, note="Xem kỹ")
    appraise_dossier(
        actor=world.specialist, dossier_id=dossier.pk, at=moment(3, 9), opinion="Ý kiến nội bộ", text="Dự thảo"
    )
    return Dossier.objects.get(pk=dossier.pk)


def test_the_office_reads_everything(world: World) -> None:
    dossier = _appraised(world)
    assert [draft.opinion for draft in drafts_open_to(world.chair, dossier)] == ["Ý kiến nội bộ"]
    assert "Xem kỹ" in {move.note for move in moves_open_to(world.chair, dossier)}


def test_the_applicant_reads_no_draft_and_no_note_between_officers(world: World) -> None:
    dossier = _appraised(world)
    assert list(drafts_open_to(world.citizen, dossier)) == []
    assert {move.note for move in moves_open_to(world.citizen, dossier)} == {""}
    assert result_open_to(world.citizen, dossier) is None
    assert list(files_open_to(world.citizen, dossier)) == []


def test_a_result_is_open_once_sealed_and_handed_over_or_wanted_as_a_file() -> None:
    assert result_is_open(is_sealed=True, is_delivered=True, wants_file=False)
    assert result_is_open(is_sealed=True, is_delivered=False, wants_file=True)
    assert not result_is_open(is_sealed=True, is_delivered=False, wants_file=False)
    assert not result_is_open(is_sealed=False, is_delivered=False, wants_file=True)
