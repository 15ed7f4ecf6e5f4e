"""The scene of the permission table: one dossier of a citizen, one of everything that an address may name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.agencies.models import Post
from motcua.deadlines.models import CalendarException
from motcua.deadlines.terms import DayKind
from motcua.dossiers.actions.compose import add_draft_file, start_draft
from motcua.dossiers.actions.keep_register import ask_register, keep_register
from motcua.dossiers.actions.open_batch import Chosen, open_batch
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier, DossierGroup, Draft, ReminderRule, SuspensionRule
from motcua.dossiers.queries.register import Scope
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Act, Channel
from motcua.dossiers.tests.mandates import lend
from motcua.dossiers.tests.world import CODE, MONDAY, World
from motcua.files.actions.store import store_upload
from motcua.identity.actions import issue_token
from motcua.identity.models import Account, ApiToken, Posting
from motcua.identity.terms import ANONYMOUS, SYSTEM, Actor
from motcua.procedures.models import Procedure

#: Of which rules an address ends one.
_RULES: dict[str, Any] = {"backoffice:pause_end": SuspensionRule, "backoffice:reminder_end": ReminderRule}


@dataclass
class Stage:
    """The small ward with a dossier that its desk has received; made once a test."""

    world: World
    pdf: bytes

    @cached_property
    def roles(self) -> dict[str, Actor]:
        """The roles of the table, in the order of its columns."""
        world = self.world
        return {
            "anonymous": ANONYMOUS,
            "citizen": world.citizen,
            "other_citizen": world.other_citizen,
            "receiver": world.clerk,
            "specialist": world.specialist,
            "division_leader": world.head,
            "agency_leader": world.chair,
            "sealer": world.sealer,
            "admin": world.admin,
            "overseer": world.overseer,
            "stranger": world.stranger,
        }

    @cached_property
    def file(self) -> FileRef:
        upload = SimpleUploadedFile("to-khai.pdf", self.pdf, "application/pdf")
        kept = store_upload(self.world.citizen, upload, name="to-khai.pdf", at=MONDAY)
        return FileRef(kept.sha256, kept.name)

    @cached_property
    def dossier(self) -> Dossier:
        facts = ComponentFacts("to-khai", files=(self.file,))
        application = self.world.application(channel=Channel.ONLINE, components=(facts,))
        made = submit_dossier(actor=self.world.citizen, application=application, at=MONDAY)
        return receive_dossier(actor=self.world.clerk, dossier_id=made.pk, at=MONDAY)

    @cached_property
    def draft(self) -> Draft:
        procedure = Procedure.objects.get(code=CODE)
        return start_draft(actor=self.world.citizen, procedure_id=procedure.pk, at=MONDAY)

    @cached_property
    def draft_file_id(self) -> int:
        draft = self.draft
        return add_draft_file(
            actor=self.world.citizen, draft_id=draft.pk, component_key="to-khai", ref=self.file, at=MONDAY
        ).pk

    def file_id(self, url_name: str) -> int:
        """The file of the draft, or the one of the dossier."""
        return self.draft_file_id if url_name == "portal:apply_file" else int(self.dossier.attachments.get().pk)

    @cached_property
    def specialist(self) -> Account:
        return Account.objects.get(pk=self.world.specialist.account_id)

    @cached_property
    def delegation_id(self) -> int:
        return lend(self.world, until=None).pk

    @cached_property
    def token_id(self) -> int:
        issue_token(actor=SYSTEM, account_id=self.specialist.pk, name="bảng", at=MONDAY)
        return ApiToken.objects.get(name="bảng").pk

    @cached_property
    def day_id(self) -> int:
        day = CalendarException.objects.create(
            unit=self.world.province, date=date(2026, 10, 30), kind=DayKind.OFF, name="Ngày của tỉnh", applies=True
        )
        return int(day.pk)

    @cached_property
    def batch_id(self) -> int:
        items = [Chosen(self.dossier.pk, self.dossier.revision)]
        return open_batch(actor=self.world.clerk, act=Act.FORWARD, items=items, at=MONDAY, key="bảng").pk

    @cached_property
    def run_id(self) -> int:
        scope = Scope(self.world.desk.pk, MONDAY.date(), MONDAY.date())
        run = ask_register(actor=self.world.clerk, scope=scope, kind="pdf", at=MONDAY)
        return keep_register(run_id=run.pk, at=MONDAY).pk

    @cached_property
    def group_id(self) -> int:
        group = DossierGroup.objects.create(
            desk=self.world.desk,
            submitter=self.dossier.submitter,
            opened_at=MONDAY,
            opened_by_id=self.world.clerk.known_id,
        )
        Dossier.objects.filter(pk=self.dossier.pk).update(group=group)
        return int(group.pk)

    def value(self, name: str, url_name: str) -> Any:
        """Return the value of one part of an address."""
        values: dict[str, Callable[[], Any]] = {
            "dossier_id": lambda: self.dossier.pk,
            "paper_id": lambda: self.dossier.papers.get().pk,
            "file_id": lambda: self.file_id(url_name),
            "draft_id": lambda: self.draft.pk,
            "token": lambda: self.dossier.tracking_token,
            "delegation_id": lambda: self.delegation_id,
            "account_id": lambda: self.specialist.pk,
            "username": lambda: self.specialist.username,
            "post_id": lambda: Post.objects.filter(title="Chuyên viên").earliest("pk").pk,
            "posting_id": lambda: Posting.objects.get(account=self.specialist).pk,
            "token_id": lambda: self.token_id,
            "day_id": lambda: self.day_id,
            "rule_id": lambda: _RULES[url_name].objects.values_list("pk", flat=True).latest("pk"),
            "pk": lambda: 0,
            "agency_id": lambda: self.world.ward.pk,
            "batch_id": lambda: self.batch_id,
            "run_id": lambda: self.run_id,
            "group_id": lambda: self.group_id,
            "mark": lambda: self.dossier.papers.get().data["verify_url"].rstrip("/").rsplit("/", 1)[-1],
        }
        return values[name]()
