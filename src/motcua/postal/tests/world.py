"""The small ward with a post office and its clerks."""

from functools import cached_property

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, ResultChannel, Source
from motcua.dossiers.tests.world import MONDAY, SUBMITTER, World, definition
from motcua.identity.terms import Actor
from motcua.postal.actions.register import Contact, register_order
from motcua.postal.models import PostalOrder
from motcua.postal.terms import Direction

ADDRESS = "Số 5, tổ 2, phường Hồng Gai"
CONTACT = Contact(address=ADDRESS, note="Gọi trước khi đến")


class PostWorld(World):
    """A world with a post office; made by `post_world`."""

    @cached_property
    def office(self) -> Unit:
        return self._unit("Bưu điện phường Hồng Gai", "post_office", self.province)

    @cached_property
    def postman(self) -> Actor:
        return self.officer("buu-dien", self.office, "Nhân viên bưu chính", Right.POST_OFFICE)

    @cached_property
    def second_postman(self) -> Actor:
        return self.officer("buu-dien-2", self.office, "Nhân viên bưu chính", Right.POST_OFFICE)

    def by_post(self, **changes: object) -> Dossier:
        """A dossier whose result goes by post, received at the desk."""
        wanted = {"result_channel": ResultChannel.POST, "result_place": ADDRESS}
        return self.received(**(wanted | changes))

    def sealed(self, dossier: Dossier | None = None) -> Dossier:
        """Carry a dossier to its last step: the result is sealed and waits to be given out."""
        dossier = dossier or self.by_post()
        pk, at = dossier.pk, MONDAY
        forward_dossier(actor=self.clerk, dossier_id=pk, at=at)
        assign_dossier(actor=self.head, dossier_id=pk, at=at, to_account_id=self.specialist.known_id)
        appraise_dossier(actor=self.specialist, dossier_id=pk, at=at, opinion="Đủ", text="Dự thảo")
        forward_dossier(actor=self.head, dossier_id=pk, at=at)
        approve_dossier(actor=self.chair, dossier_id=pk, at=at, draft_number=1)
        seal_result(actor=self.sealer, dossier_id=pk, at=at, number=f"{pk}", symbol="KS")
        return Dossier.objects.get(pk=pk)

    def order(self, direction: Direction = Direction.DELIVERY, **more: object) -> PostalOrder:
        """Register an order: of a sealed result, or of papers to fetch."""
        dossier = self.sealed() if direction == Direction.DELIVERY else self.by_post()
        facts = {"actor": self.clerk, "contact": CONTACT, "at": MONDAY} | more
        return register_order(dossier_id=dossier.pk, direction=direction, **facts)


def post_world() -> PostWorld:
    """Build the world."""
    world = PostWorld(definition())
    world.build()
    for name in ("office", "postman", "second_postman"):
        getattr(world, name)
    return world


AT_POST = {"channel": Channel.POST, "source": Source.POST_OFFICE, "submitter": SUBMITTER}
