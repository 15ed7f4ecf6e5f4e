"""What a national record says otherwise than people's own version: offered as a draft, never put in force by itself."""

from collections.abc import Iterator

from motcua.kernel.text import fold
from motcua.procedures.terms import Case, Definition, Flag
from motcua.processes.terms import TermSpec

_UNITS = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}


def offered(own: Definition, national: Definition) -> Definition | None:
    """Return the own definition with the record's name, decision, law and texts, and a flag for each other difference.

    Cases, terms, fees, papers, form and process stay the own ones. None where the record says nothing else.
    """
    texts = {**own.texts, **national.texts}
    facts = {
        "name": national.name,
        "decision": national.decision or own.decision,
        "legal_basis": national.legal_basis or own.legal_basis,
        "requirements": national.requirements or own.requirements,
    }
    flags = tuple(_flags(own, national))
    changed = {name: value for name, value in facts.items() if _differs(getattr(own, name), value)}
    if not changed and not flags:
        return None
    return own.model_copy(update={**changed, "texts": texts, "flags": flags})


def _differs(own: object, other: object) -> bool:
    if isinstance(own, str) and isinstance(other, str):
        return fold(own) != fold(other)
    return own != other


def _flags(own: Definition, national: Definition) -> Iterator[Flag]:
    if own.level != national.level and not any(flag.field == "level" for flag in national.flags):
        message = f"Bản ghi quốc gia ghi {national.level.label}, ở đây là {own.level.label}."
        yield Flag(field="level", code="level_differs", message=message)
    theirs = {(channel, _words(spec)) for case in national.cases for channel, spec in case.terms.items()}
    ours = {_words(spec) for case in own.cases for spec in case.terms.values()}
    for channel, words in sorted(theirs):
        if words not in ours:
            message = f"Bản ghi quốc gia ghi thời hạn {words}, ở đây không có thời hạn này."
            yield Flag(field=f"terms.{channel}", code="term_differs", message=message)
    if (wanted := _amounts(national.cases)) - _amounts(own.cases):
        words = ", ".join(f"{amount:,}".replace(",", ".") for amount in sorted(wanted - _amounts(own.cases)))
        yield Flag(
            field="fees", code="fee_differs", message=f"Bản ghi quốc gia ghi mức thu {words} đồng, ở đây không có."
        )
    if len(own.components) != len(national.components) and national.components:
        message = f"Bản ghi quốc gia có {len(national.components)} giấy tờ, ở đây có {len(own.components)}."
        yield Flag(field="components", code="components_differ", message=message)


def _words(spec: TermSpec) -> str:
    return "trong ngày" if spec.unit == "same_day" else f"{spec.amount} {_UNITS[spec.unit]}"


def _amounts(cases: tuple[Case, ...]) -> set[int]:
    return {fee.amount for case in cases for fee in case.fees if fee.amount > 0}
