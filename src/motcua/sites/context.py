"""What every page needs to know: whose portal it is, who is looking, where one can go."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from motcua.identity.terms import ANONYMOUS, Actor
from motcua.notifications.queries import unread_count


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of the header: current when the address starts with its own; `key` opens it from the keyboard.

    An entry with a `group` is folded into the menu "Thêm", under that heading.
    """

    label: str
    url: str
    current: bool
    key: str = ""
    group: str = ""


_FOR_ALL: Final = (("Thủ tục", "portal:procedures"), ("Tra cứu", "portal:track"))
_FOR_CITIZENS: Final = (("Hồ sơ của tôi", "portal:dossiers"),)


def shared(request: HttpRequest) -> dict[str, object]:
    """Return the variables of `ui/base.html`: `place`, `actor`, `nav`, `unread`, `demo`, `idle_minutes`.

    What costs a query is computed when first shown.
    """
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "place": getattr(settings, "PLACE_NAME", "") or "Cổng dịch vụ công trực tuyến",
        "actor": actor,
        "idle_minutes": settings.IDLE_MINUTES,
        "demo": getattr(settings, "DEMO", False),
        "nav": SimpleLazyObject(lambda: _nav(request, actor)),
        "unread": SimpleLazyObject(lambda: unread_count(actor.account_id) if actor.account_id else 0),
    }


def _nav(request: HttpRequest, actor: Actor) -> list[NavEntry]:
    entries = _FOR_ALL if actor.postings else _FOR_ALL + _FOR_CITIZENS
    return [NavEntry(label, reverse(name), request.path.startswith(reverse(name))) for label, name in entries]
