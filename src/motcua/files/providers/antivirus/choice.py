"""Which program looks for malware in this installation."""

from django.conf import settings

from motcua.files.providers.antivirus import Antivirus
from motcua.files.providers.antivirus.clamd import Clamd


def antivirus() -> Antivirus | None:
    """Return the program of MOTCUA_CLAMD; None when there is none."""
    return Clamd(settings.CLAMD) if settings.CLAMD else None
