"""Danh sách bàn giao hồ sơ, Phiếu bàn giao kết quả: what one unit gave another on one day, to be signed by both."""

from collections.abc import Sequence
from datetime import datetime

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Result
from motcua.dossiers.papers.compose import place_name
from motcua.dossiers.papers.data import Signatory
from motcua.dossiers.papers.lists import ListForm, ListHead, render_list
from motcua.dossiers.papers.words import count, short_moment
from motcua.dossiers.queries.handovers import Handover
from motcua.dossiers.terms import Act, ResultChannel


def holds_results(rows: Sequence[Handover]) -> bool:
    """Whether every hand-over of the list brings a sealed result to the desk."""
    return all(row.act == Act.SEAL for row in rows)


def print_handovers(rows: Sequence[Handover], *, at: datetime, giver: str) -> bytes:
    """Return the list of hand-overs from one unit to another; a Phiếu bàn giao kết quả where all are results.

    `rows` is not empty; all have the same giver and taker.
    """
    desk = unit_by_id(rows[0].dossier.desk_id)
    agency = unit_by_id(desk.agency_id)
    head = ListHead(
        parent_name=agency.name,
        agency_name=rows[0].from_unit,
        place=place_name(agency),
        issued_at=at,
        lines=(f"{rows[0].from_unit} giao cho {rows[0].to_unit}", f"Ngày {at.astimezone(VIET_NAM):%d/%m/%Y}"),
        totals=(("Tổng số", f"{len(rows)} hồ sơ"),),
        signers=(Signatory(name=giver, title="Người giao"), Signatory(title="Người nhận")),
    )
    if not holds_results(rows):
        return render_list(ListForm.HANDOVERS, head, map(_handed_over, rows))
    results = {one.dossier_id: one for one in Result.objects.filter(dossier__in=[row.dossier for row in rows])}
    return render_list(ListForm.RESULTS, head, [_result(row, results.get(row.dossier.pk)) for row in rows])


def _handed_over(row: Handover) -> tuple[str, ...]:
    dossier = row.dossier
    taken = f"{short_moment(row.taken_at)}, {row.taken_by}" if row.taken_at else ""
    return (
        dossier.code,
        dossier.procedure.name,
        count(dossier.set_count),
        dossier.owner.name,
        short_moment(dossier.due_at) if dossier.due_at else "",
        f"{short_moment(row.given_at)}, {row.given_by}",
        taken,
        row.note,
    )


def _result(row: Handover, result: Result | None) -> tuple[str, ...]:
    dossier = row.dossier
    symbol = "/".join(filter(None, [result.number, result.symbol])) if result else ""
    return (
        dossier.code,
        dossier.abstract or dossier.procedure.name,
        ", ".join(filter(None, [result.name if result else "", f"số {symbol}" if symbol else ""])),
        dossier.owner.name,
        dossier.owner.address,
        "X" if any(case.fees for case in dossier.definition.cases if case.key == dossier.case_key) else "",
        "X" if dossier.result_channel == ResultChannel.POST else "",
        short_moment(row.given_at),
    )
