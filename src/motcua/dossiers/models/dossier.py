"""Hồ sơ: the central thing of the house."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.dossiers.models.attested import Attested, Changes, merged
from motcua.dossiers.terms import ENDED, Channel, Consent, ResultChannel, Source, Status
from motcua.identity.terms import Actor
from motcua.procedures.queries import definition_of
from motcua.procedures.rules.selection import step_of
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step

_OPEN = ~Q(status__in=sorted(ENDED))


class Dossier(Attested):
    """A dossier handed in under one published version of a procedure; changed by the acts only."""

    ATTESTED = (
        "code",
        "status",
        "version_id",
        "channel",
        "agency_id",
        "step_key",
        "unit_id",
        "holder_id",
        "submitted_at",
        "answer_due_at",
        "received_at",
        "receiver_name",
        "due_at",
        "original_due_at",
        "step_due_at",
        "finished_at",
        "is_negative",
        "ended_at",
        "supplement_count",
        "extension_count",
        "last_act_at",
        "revision",
    )

    code = models.TextField("mã hồ sơ", unique=True)
    external_code = models.TextField("mã trên hệ thống khác", blank=True)
    tracking_token = models.TextField("mã theo dõi trong QR")
    status = models.PositiveSmallIntegerField("trạng thái", choices=Status.choices, default=Status.SUBMITTED)
    version = models.ForeignKey("procedures.ProcedureVersion", models.PROTECT, verbose_name="phiên bản thủ tục")
    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, verbose_name="thủ tục")
    case_key = models.TextField("trường hợp")
    channel = models.TextField("kênh nộp", choices=Channel.choices)
    source = models.TextField("người mang hồ sơ", choices=Source.choices, default=Source.SELF)
    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết")
    handling_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thụ lý")
    desk = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi tiếp nhận")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi đang giữ")
    step_key = models.TextField("bước")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người đang xử lý"
    )
    owner = models.ForeignKey("dossiers.Party", models.PROTECT, related_name="+", verbose_name="chủ hồ sơ")
    submitter = models.ForeignKey("dossiers.Party", models.PROTECT, related_name="+", verbose_name="người nộp")
    abstract = models.TextField("trích yếu", blank=True)
    set_count = models.PositiveSmallIntegerField("số bộ", default=1)
    result_channel = models.TextField("cách nhận kết quả", choices=ResultChannel.choices)
    result_place = models.TextField("nơi nhận kết quả", blank=True)
    submitted_at = models.DateTimeField("nộp lúc")
    answer_due_at = models.DateTimeField("hạn trả lời hồ sơ trực tuyến", null=True)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True)
    receiver_name = models.TextField("người tiếp nhận", blank=True)
    due_at = models.DateTimeField("hẹn trả", null=True)
    original_due_at = models.DateTimeField("hẹn trả ban đầu", null=True)
    due_working = models.JSONField("cách tính hẹn trả", default=dict)
    step_due_at = models.DateTimeField("hạn của bước", null=True)
    finished_at = models.DateTimeField("xử lý xong lúc", null=True)
    is_negative = models.BooleanField("kết quả từ chối", default=False)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    supplement_count = models.PositiveSmallIntegerField("số lần yêu cầu bổ sung", default=0)
    last_act_at = models.DateTimeField("việc gần nhất lúc")
    revision = models.PositiveIntegerField("số lần thay đổi", default=1)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="parts",
        verbose_name="hồ sơ liên thông chứa hồ sơ này",
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="successors",
        verbose_name="hồ sơ cũ mà hồ sơ này nối tiếp",
    )
    group = models.ForeignKey(
        "dossiers.DossierGroup",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="dossiers",
        verbose_name="lượt nộp nhiều hồ sơ",
    )
    result_desk = models.ForeignKey(
        "agencies.Unit",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="nơi trả, khi khác nơi tiếp nhận",
    )
    shelf = models.TextField("nơi để hồ sơ giấy", blank=True, default="", db_default="")
    extension_count = models.PositiveSmallIntegerField("số lần gia hạn", default=0, db_default=0)
    assisted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="người nhập thay",
    )
    relation = models.TextField("quan hệ với chủ hồ sơ", blank=True, default="", db_default="")
    consent = models.TextField("cách đồng ý", blank=True, choices=Consent.choices, default="", db_default="")
    search_keys = ArrayField(models.TextField(), verbose_name="khóa tìm kiếm")

    class Meta:
        verbose_name = "hồ sơ"
        indexes: ClassVar = [
            GinIndex(fields=["search_keys"], name="dossier_search"),
            models.Index(fields=["unit", "due_at", "id"], name="dossier_open_in_unit", condition=_OPEN),
            models.Index(fields=["holder", "due_at", "id"], name="dossier_open_of_holder", condition=_OPEN),
            models.Index(fields=["agency", "-id"], name="dossier_of_agency"),
            models.Index(fields=["desk", "-id"], name="dossier_of_desk"),
            models.Index(fields=["owner"], name="dossier_of_owner"),
            models.Index(fields=["submitter"], name="dossier_of_submitter"),
            models.Index(fields=["parent"], name="dossier_parts", condition=Q(parent__isnull=False)),
            models.Index(fields=["predecessor"], name="dossier_successors", condition=Q(predecessor__isnull=False)),
            models.Index(fields=["group"], name="dossier_of_group", condition=Q(group__isnull=False)),
            models.Index(
                fields=["assisted_by", "submitted_at"],
                name="dossier_assisted",
                condition=Q(assisted_by__isnull=False),
            ),
            models.Index(fields=["result_desk"], name="dossier_result_desk", condition=Q(result_desk__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossier_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.SUBMITTED)
                | Q(status__in=[Status.REFUSED, Status.SUPPLEMENT_REQUESTED, Status.WITHDRAWN, Status.STOPPED])
                | Q(received_at__isnull=False),
                name="dossier_received_has_moment",
            ),
        ]

    #: In which capacity the actor does the act for which this dossier was locked (set by the gate, never stored).
    acting: ClassVar[Actor | None] = None

    def __str__(self) -> str:
        return self.code

    def acting_as(self, actor: Actor) -> Actor:
        """Return the actor in the one capacity in which they act on this dossier."""
        found = self.__dict__.get("acting")
        return found if isinstance(found, Actor) and found.account_id == actor.account_id else actor

    def title_of(self, actor: Actor) -> str:
        """Return the actor's title as timeline and journal keep it: their posts, or for whom they act."""
        return self.acting_as(actor).title

    def note_for_journal(self, kind: str, what: str) -> None:
        """Keep for the line of this act in the journal what it attached ("files") or issued ("papers")."""
        self.__dict__.setdefault("noted", {}).setdefault(kind, []).append(what)

    def note_row(self, name: str, changes: Changes | None) -> None:
        """Keep for the line of this act what it made of a row of the dossier; None: the row is gone."""
        rows = self.__dict__.setdefault("noted_rows", {})
        rows[name] = None if changes is None else merged(rows.get(name), changes)

    def written(self) -> None:
        """What was changed of the dossier itself is taken when the act is recorded."""

    def take_noted(self) -> dict[str, Any]:
        """Return what was kept for the line of the act, once: files, papers, and what became of its rows."""
        noted: dict[str, Any] = self.__dict__.pop("noted", {})
        rows: dict[str, Changes | None] = self.__dict__.pop("noted_rows", {})
        if changes := self.take_changes():
            rows = {"dossier": changes, **rows}
        return {**noted, "rows": rows} if rows else noted

    @cached_property
    def definition(self) -> Definition:
        """The procedure as it was when the dossier was handed in."""
        return definition_of(self.version_id)

    @property
    def step(self) -> Step:
        """The step the dossier is at."""
        return step_of(self.definition, self.step_key)

    @property
    def delivery_desk_id(self) -> int:
        """The desk at which the result is collected: the one the applicant chose, else the one that took it in."""
        return self.result_desk_id or self.desk_id

    @property
    def is_received(self) -> bool:
        return self.received_at is not None

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED
