"""Columns of names compared without diacritics, in the database."""

from django.db.models import CharField, Func


class Folded(Func):
    """A column without diacritics and in small letters, as `kernel.text.fold` writes it (PostgreSQL)."""

    # Marks go before case: without a locale the database knows only the small letters of ASCII.
    template = (
        "translate(lower(regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')), 'đĐ', 'dd')"
    )
    output_field = CharField()
