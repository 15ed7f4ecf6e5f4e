"""The whole life of a dossier, act after act."""

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.terms import Collector, Status
from motcua.dossiers.tests.world import World, moment
from motcua.journal.queries import entries_about, verify_chain


def test_from_the_desk_to_the_applicant(world: World) -> None:
    dossier = world.received()
    assert dossier.code == "H49.61-260302-0001"
    assert dossier.due_at == moment(5, 9, 15)
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 10))
    assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 11), to_account_id=world.specialist.account_id)
    appraise_dossier(
        actor=world.specialist, dossier_id=dossier.pk, at=moment(3, 9), opinion="Đủ điều kiện", text="Dự thảo"
    )
    forward_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(3, 10))
    approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), draft_number=1)
    seal_result(actor=world.sealer, dossier_id=dossier.pk, at=moment(3, 15), number="12", symbol="GKS")
    done = deliver_result(
        actor=world.clerk,
        dossier_id=dossier.pk,
        at=moment(4, 8),
        collection=Collection(Collector.OWNER, signed_by_hand=True),
    )
    assert done.status == Status.DELIVERED
    assert [move.act for move in dossier.moves.order_by("number")] == [
        "receive", "forward", "assign", "appraise", "forward", "approve", "seal", "deliver",
    ]  # fmt: skip
    assert entries_about(done).count() == 8
    assert verify_chain("dossiers.dossier", str(done.pk)) == []
    assert {paper.form for paper in done.papers.all()} == {"receipt", "handover"}
