"""Searching the catalogue in plain words, with or without diacritics, with slips of the finger.

PostgreSQL's text search in the configuration `simple` over folded text finds the words. Where nothing has them all,
words the catalogue does not know are mended to the likest it knows. A keyword that is just what was asked comes first.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import BigIntegerField, Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest, Left, Length, Round

from motcua.kernel.paging import Page, decode_cursor, encode_cursor
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.reading import ROW_COLUMNS, ProcedureRow, day_of, narrowed, rows_of, versions_on
from motcua.procedures.queries.vocabulary import vocabulary
from motcua.procedures.rules.language import SEPARATOR
from motcua.procedures.rules.mending import fewer_words, mend, rarest
from motcua.procedures.rules.wording import Wording, wording_of

PAGE_SIZE = 20
_LARGEST_PAGE = 100
_SORT_LETTERS = 60
_STRICT, _LOOSE = "strict", "loose"


def search(
    text: str = "",
    *,
    at: datetime,
    level: str | None = None,
    domain: str | None = None,
    agency_id: int | None = None,
    cursor: str = "",
    limit: int = PAGE_SIZE,
) -> Page[ProcedureRow]:
    """Return a page of the procedures that hold at a moment and fit.

    Without text: by name. With text: best first; when nothing has all the words, what has most of them.
    One query; a few more when nothing has all the words. Raises Invalid for a cursor that is not one of ours.
    """
    on = day_of(at)
    base = narrowed(versions_on(on), on=on, level=level, domain=domain, agency_id=agency_id)
    wording = wording_of(text)
    size = max(1, min(limit, _LARGEST_PAGE))
    if wording.words:
        return _page_by_rank(base, wording, cursor, size)
    if wording.code:
        base = base.filter(procedure__code__startswith=wording.code)
    return _page_by_name(base, cursor, size)


def _page_by_name(base: QuerySet[ProcedureVersion], cursor: str, size: int) -> Page[ProcedureRow]:
    found = base.annotate(sort_name=Left("name_fold", _SORT_LETTERS))
    if cursor:
        name, code = decode_cursor(cursor, length=2)
        found = found.filter(Q(sort_name__gt=str(name)) | Q(sort_name=str(name), procedure__code__gt=str(code)))
    rows = list(found.order_by("sort_name", "procedure__code").values(*ROW_COLUMNS, "sort_name")[: size + 1])
    more = encode_cursor([rows[size - 1]["sort_name"], rows[size - 1]["procedure__code"]]) if len(rows) > size else ""
    return Page(rows_of(rows[:size]), more)


def _page_by_rank(base: QuerySet[ProcedureVersion], wording: Wording, cursor: str, size: int) -> Page[ProcedureRow]:
    if cursor:
        mode, rank, code = decode_cursor(cursor, length=3)
        after = Q(rank__lt=_whole(rank)) | Q(rank=_whole(rank), procedure__code__gt=str(code))
        if mode == _STRICT:
            return _ranked(_all_words(base, wording), wording, _STRICT, after, size)
        return _second_look(base, wording, after, size)
    page = _ranked(_all_words(base, wording), wording, _STRICT, Q(), size)
    return page if page.rows else _second_look(base, wording, Q(), size)


def _second_look(base: QuerySet[ProcedureVersion], wording: Wording, after: Q, size: int) -> Page[ProcedureRow]:
    """What has all the words once slips of the finger are mended, else what has most of them."""
    known = vocabulary()
    mended = mend(wording, known)
    if mended is not None:
        page = _ranked(_all_words(base, mended), mended, _LOOSE, after, size)
        if page.rows:
            return page
    best = mended or wording
    for fewer in fewer_words(best, known):
        page = _ranked(_all_words(base, fewer), best, _LOOSE, after, size)
        if page.rows:
            return page
    return _ranked(_most_words(base, best, known), best, _LOOSE, after, size)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _ranked(found: QuerySet[ProcedureVersion], wording: Wording, mode: str, after: Q, size: int) -> Page[ProcedureRow]:
    ranked = found.annotate(rank=_rank(wording)).filter(after).order_by("-rank", "procedure__code")
    rows = list(ranked.values(*ROW_COLUMNS, "rank")[: size + 1])
    more = encode_cursor([mode, rows[size - 1]["rank"], rows[size - 1]["procedure__code"]]) if len(rows) > size else ""
    return Page(rows_of(rows[:size]), more)


def _all_words(base: QuerySet[ProcedureVersion], wording: Wording) -> QuerySet[ProcedureVersion]:
    return base.filter(search_vector=_query(wording.strict_query()))


def _most_words(
    base: QuerySet[ProcedureVersion], wording: Wording, known: Mapping[str, int]
) -> QuerySet[ProcedureVersion]:
    """What has enough of the words; the rarest of them find the candidates, then the words are counted."""
    there: Any = Value(0)
    for word in wording.word_queries():
        there = there + Case(When(search_vector=_query(word), then=1), default=0, output_field=IntegerField())
    candidates = base.filter(search_vector=_query(" | ".join(rarest(wording, known))))
    return candidates.annotate(words_there=there).filter(words_there__gte=wording.enough_words())


def _query(raw: str) -> SearchQuery:
    return SearchQuery(raw, config="simple", search_type="raw")


def _points(points: float, **condition: Any) -> Case:
    return Case(When(**condition, then=Value(points)), default=Value(0.0), output_field=FloatField())


def _rank(wording: Wording) -> Cast:
    """Whole points: an exact keyword or name first, then the phrase inside, then the words, near each other."""
    phrase = wording.phrase
    together = " <-> ".join(wording.word_queries())
    score = (
        Case(When(_exact_keyword(phrase), then=Value(4.0)), default=Value(0.0), output_field=FloatField())
        + _points(2.0, name_fold__endswith=phrase)
        + _points(1.0, name_fold__contains=phrase)
        + _points(1.0, keywords_fold__contains=phrase)
        + Value(float(len(phrase))) / Greatest(Cast(Length("name_fold"), FloatField()), Value(float(len(phrase))))
        + SearchRank(F("search_vector"), _query(" | ".join(wording.word_queries())), normalization=Value(32))
        + SearchRank(F("search_vector"), _query(together), cover_density=True, normalization=Value(32))
    )
    return Cast(Round(score * 100_000.0), BigIntegerField())


def _exact_keyword(phrase: str) -> Q:
    """Whether one of the keywords is the phrase."""
    return (
        Q(keywords_fold=phrase)
        | Q(keywords_fold__startswith=f"{phrase}{SEPARATOR}")
        | Q(keywords_fold__endswith=f"{SEPARATOR}{phrase}")
        | Q(keywords_fold__contains=f"{SEPARATOR}{phrase}{SEPARATOR}")
    )
