"""What every page needs to know: whose portal it is, who is looking, where one can go."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from motcua.identity.terms import ANONYMOUS, Actor


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the header: current when the address starts with its own."""

    label: str
    url: str
    current: bool


_CITIZEN_NAV: Final = (
    ("Thủ tục", "/thu-tuc/"),
    ("Tra cứu hồ sơ", "/tra-cuu/"),
    ("Hồ sơ của tôi", "/ho-so/"),
)


def shared(request: HttpRequest) -> dict[str, object]:
    """Return the variables of `ui/base.html`: `place`, `actor`, `nav`, `demo`."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "place": getattr(settings, "PLACE_NAME", "") or "Cổng dịch vụ công trực tuyến",
        "actor": actor,
        "demo": getattr(settings, "DEMO", False),
        "nav": [NavEntry(label, url, request.path.startswith(url)) for label, url in _CITIZEN_NAV],
    }
