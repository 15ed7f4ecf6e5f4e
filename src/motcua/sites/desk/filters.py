"""The filters of a list, kept in its address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from motcua.agencies.queries import units_on
from motcua.agencies.terms import Right
from motcua.dossiers.queries.narrowing import Due, Holder, Wanted
from motcua.dossiers.queries.orders import ORDERS
from motcua.dossiers.terms import Channel, Status
from motcua.identity.terms import Actor
from motcua.sites.kit.codes import code_as_typed

#: Part of `Wanted` → its name in addresses.
NAMES = {
    "text": "q",
    "status": "trang-thai",
    "unit_id": "don-vi",
    "due": "han",
    "procedure": "thu-tuc",
    "domain": "linh-vuc",
    "channel": "kenh",
    "holder": "nguoi",
    "shelf": "ke",
}
PAGE, SORT, BOX = "sau", "xep", "loc"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Select:
    """A filter to choose from: name in the address, label, what "no filter" is called, choices, the one chosen."""

    name: str
    label: str
    any: str
    choices: Sequence[tuple[object, str]]
    chosen: str

    @property
    def chosen_label(self) -> str:
        """The words of the choice, "" when there is none."""
        return next((label for value, label in self.choices if str(value) == self.chosen), "")


def wanted_of(request: HttpRequest) -> Wanted:
    """Return what the address asks for; values that cannot be are left out."""
    said = {part: request.GET.get(name, "").replace("\0", "")[:_LONGEST] for part, name in NAMES.items()}
    status, unit_id = said["status"], said["unit_id"]
    return Wanted(
        text=code_as_typed(said["text"]),
        status=int(status) if status.isdecimal() and int(status) in Status.values else None,
        unit_id=int(unit_id) if unit_id.isdecimal() and len(unit_id) < len("9" * 18) else None,
        due=said["due"],
        procedure=said["procedure"],
        domain=said["domain"],
        channel=said["channel"],
        holder=said["holder"],
        shelf=said["shelf"],
    )


def selects_of(
    wanted: Wanted,
    actor: Actor,
    kinds: Sequence[tuple[str, str, str, str]],
    holders: Sequence[tuple[int, str]],
) -> list[Select]:
    """Return the filters to choose from; `kinds` and `holders` are those of the work on the list."""
    domains = sorted({(code, name) for _code, _name, code, name in kinds}, key=lambda pair: pair[1])
    procedures = [(code, name) for code, name, _domain, _words in kinds]
    people = [*Holder.choices, *((pk, name) for pk, name in holders if pk != actor.account_id)]
    rows: list[tuple[str, str, str, Sequence[tuple[object, str]]]] = [
        ("due", "Hạn", "Mọi hạn", Due.choices),
        ("status", "Trạng thái", "Mọi trạng thái", Status.choices),
        ("procedure", "Thủ tục", "Mọi thủ tục", procedures),
        ("domain", "Lĩnh vực", "Mọi lĩnh vực", domains),
        ("channel", "Cách nộp", "Mọi cách nộp", Channel.choices),
        ("holder", "Người giữ", "Bất kỳ ai", people),
        ("unit_id", "Đang ở", "Mọi nơi", units_of(actor)),
    ]
    return [
        Select(NAMES[part], label, every, choices, str(getattr(wanted, part) or ""))
        for part, label, every, choices in rows
    ]


def units_of(actor: Actor) -> list[tuple[object, str]]:
    """Return the units of the agencies the actor works in, by name."""
    agencies = {agency for right in Right if right != Right.ADMIN for agency in actor.agencies_with(right)}
    found = [(unit.id, unit.name) for unit in units_on(timezone.localdate()) if unit.agency_id in agencies]
    return sorted(((pk, name) for pk, name in found), key=lambda pair: pair[1])


def sorts() -> list[tuple[str, str]]:
    """Return name in addresses and label of every order."""
    return [(name, order.label) for name, order in ORDERS.items()]


def list_query(asked: QueryDict) -> str:
    """Return the query string of a list without its page: only what this page understands, in a stable order."""
    known = [BOX, *NAMES.values(), SORT]
    kept = QueryDict(mutable=True)
    for name in known:
        if value := asked.get(name, "").strip()[:_LONGEST]:
            kept[name] = value
    return kept.urlencode()


def with_page(request: HttpRequest, cursor: str) -> str:
    """Return the address of the next page, "" when there is none."""
    if not cursor:
        return ""
    query = request.GET.copy()
    query[PAGE] = cursor
    return f"{request.path}?{query.urlencode()}"
