"""From the data of control sheet, process log and group receipt to the strings their templates print."""

from datetime import datetime
from typing import Any

from motcua.dossiers.papers.data_flow import ControlSheetData, GroupLine, GroupReceiptData, HandoverLine, ProcessLogData
from motcua.dossiers.papers.words import count, moment, short_moment


def control_view(data: ControlSheetData) -> dict[str, Any]:
    return {
        "components": [[line.name, count(line.originals), count(line.copies), line.note] for line in data.components],
        "set_count": count(data.set_count),
        "received_at": moment(data.received_at),
        "due_at": moment(data.due_at),
        "handovers": [_pair(line) for line in data.handovers],
        "made_until": moment(data.issued_at),
    }


def _pair(line: HandoverLine) -> dict[str, str]:
    return {
        "from_unit": line.from_unit,
        "to_unit": line.to_unit,
        "given": moment(line.given_at),
        "given_by": line.given_by,
        "taken": moment(line.taken_at),
        "taken_by": line.taken_by,
        "result": line.result,
        "note": line.note,
    }


def process_view(data: ProcessLogData) -> dict[str, Any]:
    return {
        "received_at": moment(data.received_at),
        "due_at": moment(data.due_at),
        "made_until": moment(data.issued_at),
        "acts": [
            [
                short_moment(line.at),
                line.by,
                line.act + (f": {line.note}" if line.note else ""),
                line.to,
                short_moment(line.due_at) if line.due_at else "",
            ]
            for line in data.acts
        ],
    }


def group_view(data: GroupReceiptData) -> dict[str, Any]:
    return {
        "count": count(len(data.dossiers)),
        "lines": [
            [_of_dossier(one), one.papers, short_moment(one.received_at), _due(one.due_at)] for one in data.dossiers
        ],
    }


def _of_dossier(line: GroupLine) -> str:
    owner = f"Chủ hồ sơ: {line.owner}" if line.owner else ""
    return "\n".join(filter(None, [line.code, line.request, owner, line.fees_text]))


def _due(due_at: datetime | None) -> str:
    return short_moment(due_at) if due_at else "……"
