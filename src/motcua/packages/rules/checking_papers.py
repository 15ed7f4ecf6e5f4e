"""Whether the papers of a package can be filled in: steps, fields and expressions that they name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from motcua.expressions.rules.checking import check
from motcua.forms.rules.names import known_names
from motcua.forms.rules.paper import expressions_in, problems_in_paper
from motcua.forms.terms import PaperTemplate
from motcua.kernel.errors import Problem
from motcua.packages.rules.paper_facts import PAPER_FACTS
from motcua.packages.rules.paper_words import NO_FORM
from motcua.procedures.terms import Definition


def paper_problems(definition: Definition) -> Iterator[Problem]:
    """Yield what papers name that is nowhere, and expressions that cannot be worked out."""
    for key, times in Counter(paper.key for paper in definition.papers).items():
        if times > 1:
            yield Problem("duplicate_paper", f"Có hai khuôn giấy tờ cùng khóa “{key}”.", f"papers.{key}")
    steps = {step.key for step in definition.steps}
    for paper in definition.papers:
        place = f"papers.{paper.key}"
        if paper.step and paper.step not in steps:
            message = f"Giấy tờ “{paper.name}” soạn ở bước “{paper.step}” không có."
            yield Problem("unknown_step", message, f"{place}.step")
        if not paper.blocks:
            yield Problem("empty_paper", f"Giấy tờ “{paper.name}” chưa có nội dung nào.", place)
        for fault in _faults(definition, paper):
            yield replace(fault, field=f"{place}.{fault.field}", message=f"Giấy tờ “{paper.name}”: {fault.message}")


def _faults(definition: Definition, paper: PaperTemplate) -> Iterator[Problem]:
    form = definition.form or NO_FORM
    yield from problems_in_paper(paper, form, PAPER_FACTS)
    for text in expressions_in(paper.title):
        yield from (replace(fault, field="title") for fault in check(text, {**PAPER_FACTS, **known_names(form)}))
