"""What a batch needs beside its dossiers: the same for all of them, and a number for each where it is sealed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.queries.batches import Review, Reviewed
from motcua.dossiers.queries.pages import handlers_in, last_symbol
from motcua.dossiers.rules.batches import BATCH_ACTS
from motcua.dossiers.terms import Act, Collector
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.desk.forms.base import DeskForm, is_number, long_text
from motcua.sites.desk.forms.of_office import with_load
from motcua.sites.desk.forms.registry import FORMS

_THEN = [("", "Chỉ tiếp nhận"), ("forward", "Tiếp nhận và chuyển bước tiếp theo")]
_COLLECTORS = [(one.value, one.label) for one in (Collector.OWNER, Collector.SUBMITTER)]


def batch_act(slug: str) -> Act:
    """Return the act at that address; raises NotFound for one that is not done in batches."""
    form = FORMS.get(slug)
    if form is None or form.act not in BATCH_ACTS:
        raise NotFound(Problem("no_page", "Việc này không làm theo lô."))
    return form.act


def chosen_in(request: HttpRequest) -> dict[int, int | None]:
    """Return the dossiers ticked in a list: `chon=12.5` is dossier 12 as it was at revision 5.

    The address names them, and the form of the review brings them along: a press that has to wait for a proof of who
    presses is repeated at the bare address.
    """
    found: dict[int, int | None] = {}
    for ticked in request.POST.getlist("chon") or request.GET.getlist("chon"):
        pk, _dot, revision = ticked.partition(".")
        if is_number(pk):
            found[int(pk)] = int(revision) if is_number(revision) else None
    return found


class BatchForm(DeskForm):
    """The facts that hold for every dossier of the batch."""

    def __init__(self, act: Act, review: Review, at: datetime, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.act, self.review, self.at = act, review, at
        self.ticked = [int(pk) for pk in data.getlist("lam") if is_number(pk)] if data else []
        self.fields |= self._needed()
        self.settle()

    def _needed(self) -> dict[str, forms.Field]:
        made: dict[Act, Callable[[], dict[str, forms.Field]]] = {
            Act.RECEIVE: self._receiving,
            Act.ASSIGN: self._assigning,
            Act.FORWARD: lambda: {"note": long_text("Nội dung chuyển", rows=2)},
            Act.APPROVE: lambda: {"note": long_text("Ý kiến phê duyệt chung", rows=2)},
            Act.SEAL: self._sealing,
            Act.DELIVER: self._delivering,
        }
        return made[self.act]()

    def _receiving(self) -> dict[str, forms.Field]:
        return {"then": forms.ChoiceField(label="Sau đó", required=False, choices=_THEN, widget=forms.RadioSelect)}

    def _assigning(self) -> dict[str, forms.Field]:
        units = {row.dossier.handling_unit_id for row in self.review.offered}
        people = {one.id: one for unit_id in sorted(units) for one in handlers_in(unit_id, at=self.at)}
        choices = [(one.id, with_load(one.full_name, one.load, one.late)) for one in people.values()]
        asked = "Hãy chọn người thụ lý."
        return {
            "to": forms.IntegerField(
                label="Người thụ lý",
                widget=forms.RadioSelect(choices=choices),
                error_messages={"required": asked, "invalid": asked},
            ),
            "note": long_text("Ý kiến chỉ đạo", rows=2),
        }

    def _sealing(self) -> dict[str, forms.Field]:
        short = forms.TextInput(attrs={"class": "w10", "autocomplete": "off", "inputmode": "numeric"})
        first = next(iter(self.review.offered), None)
        return {
            "start": forms.CharField(
                label="Số đầu tiên",
                required=False,
                widget=short,
                help_text="Các hồ sơ để trống ô số được cấp số liên tiếp từ số này, theo thứ tự trên trang.",
            ),
            "symbol": forms.CharField(
                label="Ký hiệu",
                required=False,
                initial=(last_symbol(first.dossier) if first else "") or "QĐ-UBND",
                widget=forms.TextInput(attrs={"class": "w15"}),
            ),
        }

    def _delivering(self) -> dict[str, forms.Field]:
        return {
            "collector": forms.ChoiceField(
                label="Người nhận", choices=_COLLECTORS, initial=Collector.OWNER.value, widget=forms.RadioSelect
            ),
            "signed_by_hand": forms.BooleanField(label="Người nhận đã ký nhận", required=False),
            "note": long_text("Ghi chú", rows=2),
        }

    @property
    def facts(self) -> dict[str, Any]:
        """What holds for all."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "start"}}

    def items(self) -> list[Chosen]:
        """Return the dossiers that were ticked, each as it was shown (`xem.12` = "revision.draft")."""
        found = [self._chosen(pk) for pk in dict.fromkeys(self.ticked)]
        return _numbered(found, self.cleaned_data.get("start", "")) if self.act == Act.SEAL else found

    def _chosen(self, pk: int) -> Chosen:
        revision, _dot, draft = str(self.data.get(f"xem.{pk}", "")).partition(".")
        facts: dict[str, Any] = {}
        if self.act == Act.APPROVE:
            facts["draft_number"] = int(draft) if is_number(draft) else 0
        if self.act == Act.SEAL:
            facts["number"] = str(self.data.get(f"so.{pk}", "")).strip()
        return Chosen(pk, int(revision) if is_number(revision) else 0, facts)

    def is_ticked(self, row: Reviewed) -> bool:
        """Whether the dossier is ticked: as it was typed, at first only when nothing about it differs."""
        if self.is_bound:
            return row.dossier.pk in self.ticked
        return not row.differs

    def number_of(self, row: Reviewed) -> str:
        """Return the number typed for the dossier."""
        return str(self.data.get(f"so.{row.dossier.pk}", ""))


def _numbered(items: Sequence[Chosen], start: str) -> list[Chosen]:
    """Give those without a number the ones that follow `start`."""
    following = int(start) if is_number(start.strip()) else None
    found = []
    for one in items:
        number = one.facts["number"]
        if not number and following is not None:
            number, following = str(following), following + 1
        found.append(Chosen(one.dossier_id, one.revision, {**one.facts, "number": number}))
    return found
