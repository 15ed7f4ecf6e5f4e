"""Papers from their templates: blocks with {expressions} filled in, as plain lines for the printer.

An expression stands in braces: "Ông (bà) {owner.name}, sinh ngày {owner.born}". Two braces are one brace. What is
unknown prints as dots, so that a sheet can be filled in by hand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.expressions.rules.checking import check
from motcua.expressions.rules.parsing import parse
from motcua.expressions.terms import Kind
from motcua.forms.rules.answers import settled
from motcua.forms.rules.names import known_names
from motcua.forms.rules.plan import asked_keys, plan_of
from motcua.forms.rules.questions import Question, expression_of
from motcua.forms.rules.wording import Line, line_of, parts_in_words, plain_text, text_of
from motcua.forms.terms import WORDLESS, Block, Form, PaperTemplate
from motcua.kernel.errors import Invalid, Problem

Questions = Mapping[str, Question]
DOTS = "……………………"
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|([{}])")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the capacity, and the name where it is known."""

    capacity: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A piece of a paper, filled in; `kind` as of its block. Of a "fields" block each line is one of kind "field"."""

    kind: str
    text: str = ""
    label: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    signers: tuple[Signer, ...] = ()
    boxes: tuple[tuple[str, bool], ...] = ()
    is_part: bool = False
    is_short: bool = False
    is_long: bool = False


def paper_lines(
    paper: PaperTemplate, form: Form, values: Mapping[str, object], facts: Mapping[str, object]
) -> tuple[PaperLine, ...]:
    """Return the paper's pieces for these answers; blocks whose condition does not hold are left out.

    `facts` are what expressions read besides the values (`today`, `code`, `received_at`, `result.number` …); a field's
    key hides a fact of the same name.
    """
    questions = plan_of(form).questions
    known = {**facts, **dict.fromkeys(questions), **values}
    return tuple(line for block in paper.blocks if _is_wanted(block, known) for line in _lines(block, questions, known))


def _is_wanted(block: Block, known: Mapping[str, object]) -> bool:
    when = expression_of(block.when)
    return when is None or when.holds(known)


def _lines(block: Block, questions: Questions, known: Mapping[str, object]) -> Iterator[PaperLine]:
    match block.kind:
        case "fields":
            yield from _fields(block, questions, known)
        case "table":
            yield from _table(block, questions, known)
        case "list":
            yield from _list(block, questions, known)
        case "signatures":
            yield PaperLine("signatures", signers=tuple(_signers(filled(block.text, questions, known))))
        case "space":
            yield PaperLine("space")
        case _:
            yield from (PaperLine(block.kind, text) for text in filled(block.text, questions, known).split("\n"))


def _signers(text: str) -> Iterator[Signer]:
    for line in filter(None, (one.strip() for one in text.split("\n"))):
        capacity, _, name = line.partition("|")
        shown = name.strip()
        yield Signer(capacity.strip(), "" if shown == DOTS else shown)


def _fields(block: Block, questions: Questions, known: Mapping[str, object]) -> Iterator[PaperLine]:
    for key in block.keys or _with_values(questions, known):
        if key in questions and questions[key].kind not in WORDLESS:
            yield from field_lines(line_of(questions[key], known.get(key), blanks=bool(block.keys)))


def _with_values(questions: Questions, known: Mapping[str, object]) -> tuple[str, ...]:
    """The questions that have an answer; all of them on a sheet without any."""
    return tuple(key for key in questions if known.get(key) is not None) or tuple(questions)


def field_lines(line: Line) -> Iterator[PaperLine]:
    """An answer as lines of a paper: a composite one as its parts below its label."""
    if line.is_table:
        yield PaperLine("table", label=line.label, heads=line.heads, rows=line.rows)
    elif line.parts:
        yield PaperLine("group", label=line.label)
        for part in line.parts:
            yield _field_line(part, is_part=True)
    else:
        yield _field_line(line)


def _field_line(line: Line, *, is_part: bool = False) -> PaperLine:
    return PaperLine(
        "field",
        line.text,
        line.label,
        boxes=line.boxes,
        is_part=is_part,
        is_short=line.is_short,
        is_long=line.is_long,
    )


def _table(block: Block, questions: Questions, known: Mapping[str, object]) -> Iterator[PaperLine]:
    question = questions.get(block.keys[0]) if block.keys else None
    if question is not None and question.kind == "table":
        line = line_of(question, known.get(question.key))
        yield PaperLine("table", label=filled(block.text, questions, known), heads=line.heads, rows=line.rows)


def _list(block: Block, questions: Questions, known: Mapping[str, object]) -> Iterator[PaperLine]:
    """One line an element of the formula; `text` may say how a line is worded, its element being `item`."""
    items = expression_of(block.items)
    found = items.evaluate(known) if items else None
    for number, item in enumerate(found if isinstance(found, list) else [], 1):
        if block.text:
            yield PaperLine("list", filled(block.text, questions, {**known, "item": item, "number": number}))
        elif item is not None:
            yield PaperLine("list", plain_text(settled(item)))


def filled(text: str, questions: Questions, known: Mapping[str, object]) -> str:
    """The text with its expressions filled in; one that is wrong or unknown gives dots."""

    def value_of(found: re.Match[str]) -> str:
        if found[0] in {"{{", "}}"}:
            return found[0][0]
        return found[0] if found[1] is None else _shown(found[1].strip(), questions, known)

    return _PIECE.sub(value_of, text)


def _shown(text: str, questions: Questions, known: Mapping[str, object]) -> str:
    question = questions.get(text)
    if question is not None:
        return text_of(question, known.get(text)) or DOTS
    labels = _part_label(text, questions, known)
    if labels:
        return labels
    expression = expression_of(text)
    value = expression.evaluate(known) if expression else None
    return plain_text(settled(value)) or DOTS


def _part_label(text: str, questions: Questions, known: Mapping[str, object]) -> str:
    """A part of a composite value in words ("mother.gender" as "Nữ"), where the text names one."""
    key, _, part_key = text.partition(".")
    question = questions.get(key)
    part = question.part(part_key) if question else None
    value = known.get(key)
    return text_of(part, value.get(part_key)) if part and isinstance(value, Mapping) else ""


def expressions_in(text: str) -> Iterator[str]:
    """Every expression that stands in braces in the text."""
    for found in _PIECE.finditer(text):
        if found[1] is not None:
            yield found[1].strip()


def problems_in_paper(paper: PaperTemplate, form: Form, facts: Mapping[str, Kind]) -> list[Problem]:
    """Return every fault of a paper's template; `field` is the path of what is wrong: "blocks.2.text"."""
    known = {**facts, **known_names(form)}
    found = _faults(paper.when, "when", known, "boolean")
    for number, block in enumerate(paper.blocks):
        path = f"blocks.{number}"
        found += _faults(block.when, f"{path}.when", known, "boolean")
        found += _faults(block.items, f"{path}.items", known, "any")
        inside = {**known, "item": "any", "number": "number"} if block.kind == "list" else known
        for text in expressions_in(block.text):
            found += _faults(text or " ", f"{path}.text", inside, "any")
        if any(piece[2] for piece in _PIECE.finditer(block.text)):
            message = "Có dấu ngoặc nhọn mở hoặc đóng lẻ; biểu thức viết trong {…}, dấu ngoặc nhọn thường viết hai lần."
            found.append(Problem("brace_alone", message, f"{path}.text"))
        found += _key_faults(block, form, path)
    return found


def _faults(text: str, path: str, known: Mapping[str, Kind], wanted: Kind) -> list[Problem]:
    if not text:
        return []
    try:
        parse(text)
    except Invalid as error:
        return [Problem(one.code, f"Biểu thức “{text.strip()}”: {one.message}", path) for one in error.problems]
    return [
        Problem(one.code, f"Biểu thức “{text}”: {one.message}", path) for one in check(text, known, expected=wanted)
    ]


def _key_faults(block: Block, form: Form, path: str) -> list[Problem]:
    questions = plan_of(form).questions
    found = [
        Problem("field_unknown", f"Biểu mẫu không có câu hỏi “{key}”.", f"{path}.keys")
        for key in block.keys
        if key not in questions
    ]
    is_table = bool(block.keys) and block.keys[0] in questions and questions[block.keys[0]].kind == "table"
    if block.kind == "table" and not is_table:
        found.append(Problem("table_needed", "Khối bảng cần mã của một câu hỏi loại bảng.", f"{path}.keys"))
    if block.kind == "list" and not block.items:
        found.append(Problem("items_missing", "Khối danh sách chưa có công thức (items).", f"{path}.items"))
    return found


def declaration_lines(
    form: Form, values: Mapping[str, object], *, blanks: bool, facts: Mapping[str, object]
) -> Iterator[PaperLine]:
    """The body of the printed form: every page with its questions; with `blanks` also those without an answer.

    Where there are answers, questions that were not asked are left out; a blank sheet has them all.
    """
    plan = plan_of(form)
    asked = asked_keys(plan, {**facts, **dict.fromkeys(plan.questions), **values}) if values else None
    for part in parts_in_words(form, values, blanks=blanks, asked=asked):
        yield PaperLine("heading", part.title)
        for line in part.lines:
            if line.is_heading:
                yield PaperLine("subheading", line.label)
            elif line.consents:
                yield PaperLine("consent", line.label, label=line.text)
            else:
                yield from field_lines(line)
