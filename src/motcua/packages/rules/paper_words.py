"""The words that stand on a paper."""

from collections.abc import Iterator, Mapping
from typing import Final

from motcua.forms.rules.paper import PaperLine, paper_lines
from motcua.forms.terms import Block, Form, PaperTemplate

#: For papers of procedures whose answers are on paper only.
NO_FORM: Final = Form(title="–")


def words_on_paper(
    paper: PaperTemplate, form: Form | None, values: Mapping[str, object], facts: Mapping[str, object]
) -> str:
    """Return everything that stands on the paper, one line a piece; expressions in braces filled in."""
    form = form or NO_FORM
    whole = paper.model_copy(update={"blocks": (Block(kind="heading", text=paper.title), *paper.blocks)})
    lines: list[str] = []
    for line in paper_lines(whole, form, values, facts):
        lines += _words(line)
    return "\n".join(filter(None, lines))


def _words(line: PaperLine) -> Iterator[str]:
    yield f"{line.label}: {line.text}" if line.label and line.text else line.label or line.text
    yield " | ".join(line.heads)
    yield from (" | ".join(row) for row in line.rows)
    yield from (f"{signer.capacity} {signer.name}".strip() for signer in line.signers)
