"""What of a definition can be searched, folded."""

from dataclasses import dataclass

from motcua.kernel.text import fold
from motcua.procedures.rules.wording import telling_words
from motcua.procedures.terms import Definition

#: Between keywords, so that no search runs from one into the next.
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class SearchText:
    """Folded text in three weights: the name, the everyday words, the rest."""

    name: str
    keywords: str
    summary: str


def search_text_of(definition: Definition) -> SearchText:
    """Return what a search may find the procedure by: its name and code, keywords, summary, field and results."""
    rest = [definition.summary, definition.domain.name, *(result.name for result in definition.results)]
    return SearchText(
        name=fold(definition.name),
        keywords=SEPARATOR.join(" ".join(telling_words(keyword)) for keyword in definition.keywords),
        summary=fold(" ".join(rest)),
    )
