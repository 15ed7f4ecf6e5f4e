"""From the timeline of a dossier, or from the dossiers of a group, to the data of their papers."""

from collections.abc import Sequence

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.papers.compose import Name, fees_text, result_place, shared, term_text
from motcua.dossiers.papers.data import ComponentLine, Signatory
from motcua.dossiers.papers.data_flow import (
    ActLine,
    ControlSheetData,
    GroupLine,
    GroupReceiptData,
    HandoverLine,
    ProcessLogData,
)
from motcua.dossiers.papers.words import count
from motcua.dossiers.queries.handovers import Handover, handovers_of
from motcua.dossiers.terms import Status, act_label
from motcua.procedures.rules.selection import step_of, term_for


def control_sheet(dossier: Dossier) -> ControlSheetData:
    """Return the data of Mẫu 06 as the timeline stands: made of the same acts it is the same to the byte."""
    lines = [_line(one) for one in handovers_of(dossier)]
    if dossier.is_open:
        lines.append(HandoverLine(from_unit=unit_by_id(dossier.unit_id).name, to_unit=""))
    return ControlSheetData(
        **shared(dossier, dossier.last_act_at),
        handling_name=unit_by_id(dossier.handling_unit_id).name,
        components=tuple(
            ComponentLine(name=row.name, originals=row.originals, copies=row.copies, note=row.note)
            for row in dossier.components.order_by("position")
            if row.is_present
        ),
        set_count=dossier.set_count,
        term_text=term_text(term_for(dossier.definition, dossier.case_key, dossier.channel)),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        handovers=tuple(lines),
    )


def _line(one: Handover) -> HandoverLine:
    said = f"{one.step}: {one.note}" if one.note else one.step
    return HandoverLine(
        from_unit=one.from_unit,
        to_unit=one.to_unit,
        given_at=one.given_at,
        given_by=one.given_by,
        taken_at=one.taken_at,
        taken_by=one.taken_by,
        result=one.result.label if one.result else "–",
        note=said,
    )


def process_log(dossier: Dossier) -> ProcessLogData:
    """Return the data of the process log as the timeline stands."""
    moves = dossier.moves.select_related("to_unit", "to_holder").order_by("number")
    return ProcessLogData(
        **shared(dossier, dossier.last_act_at),
        status=Status(dossier.status).label,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        acts=tuple(_act(dossier, move) for move in moves),
    )


def _act(dossier: Dossier, move: Move) -> ActLine:
    label = act_label(move.act)
    if move.from_step and move.from_step != move.to_step:
        label += f" (đến bước {step_of(dossier.definition, move.to_step).name})"
    to = [move.to_holder.full_name] if move.to_holder else []
    return ActLine(
        at=move.at,
        by=", ".join(filter(None, [move.actor_name, move.actor_title])),
        act=label,
        to=", ".join([*to, move.to_unit.name]),
        due_at=move.step_due_at,
        note=move.note,
    )


def group_receipt(dossiers: Sequence[Dossier], *, receiver: Name) -> GroupReceiptData:
    """Return the data of the receipt for all dossiers that one person brought at once, oldest first."""
    last = dossiers[-1]
    whole = shared(dossiers[0], last.received_at or last.last_act_at) | {"owner": None, "request": ""}
    return GroupReceiptData(
        **whole,
        dossiers=tuple(_of_group(one) for one in dossiers),
        result_place=result_place(dossiers[0]),
        receiver=Signatory(name=receiver[0], title=receiver[1]),
    )


def _of_group(dossier: Dossier) -> GroupLine:
    number = sum(row.is_present for row in dossier.components.all())
    return GroupLine(
        code=dossier.code,
        request=str(shared(dossier, dossier.last_act_at)["request"]),
        owner=dossier.owner.name if dossier.owner_id != dossier.submitter_id else "",
        papers=count(number),
        received_at=dossier.received_at or dossier.last_act_at,
        due_at=dossier.due_at,
        fees_text=fees_text(dossier.definition, dossier.case_key, dossier.channel),
    )
