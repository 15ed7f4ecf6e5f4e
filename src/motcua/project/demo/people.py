"""The people of the demo province: invented officers for every post, citizens, organisations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from motcua.agencies.actions import NewPost, add_posts
from motcua.agencies.models import Post, Unit
from motcua.agencies.terms import Right
from motcua.identity.actions import load_accounts
from motcua.identity.actions.load_accounts import DemoPerson
from motcua.identity.models import Account
from motcua.identity.rules.accounts import Person
from motcua.identity.terms import SYSTEM, AccountKind
from motcua.kernel.text import fold
from motcua.project.demo.accounts import DEMO_PASSWORD, EASY, SECOND_ADMIN, Easy
from motcua.project.demo.names import Name, invent_name
from motcua.project.demo.units import MAIN_WARD, POST_OFFICE, TAX_OFFICE, commune_slugs, plan

SEED = 202507
CITIZENS, ORGANISATIONS = 40, 8
_ORGANISATIONS = (
    "Công ty TNHH Vận tải Vịnh Xanh", "Công ty Cổ phần Thủy sản Cửa Biển", "Hợp tác xã Nông nghiệp Đồi Chè",
    "Công ty TNHH Xây dựng Bạch Dương", "Hộ kinh doanh Nhà hàng Sóng Biếc", "Công ty Cổ phần Du lịch Buồm Nâu",
    "Công ty TNHH Cơ khí Mỏ Đông Bắc", "Hội Khuyến học khu phố 5",
)  # fmt: skip
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to make in a unit, and how many people hold one like it."""

    title: str
    rights: tuple[Right, ...]
    people: int = 1


_LEADER = Seat("Trưởng phòng", (Right.LEAD_DIVISION,))
_HANDLERS = Seat("Chuyên viên", (Right.HANDLE,), 2)
_CLERK = Seat("Công chức tiếp nhận và trả kết quả", (Right.RECEIVE,), 2)
_HEAD = Seat("Giám đốc Trung tâm", (Right.LEAD_DIVISION,))
_SEAL = Seat("Văn thư", (Right.SEAL,))
_OFFICE = (Seat("Chánh Văn phòng", (Right.LEAD_DIVISION,)), Seat("Chuyên viên", (Right.HANDLE,)), _SEAL)
_CHAIR = (
    Seat("Chủ tịch Ủy ban nhân dân", (Right.LEAD_AGENCY,)),
    Seat("Phó Chủ tịch Ủy ban nhân dân", (Right.LEAD_AGENCY,)),
)
#: In the ward that is shown, the deputy signs only what the chair delegates to him (see `delegations`).
_MAIN_CHAIR = (_CHAIR[0], Seat("Phó Chủ tịch Ủy ban nhân dân", ()))
_COMMUNE: Mapping[str, tuple[Seat, ...]] = {
    "": _CHAIR,
    "-pvhcc": (_HEAD, _CLERK),
    "-vhxh": (_LEADER, _HANDLERS),
    "-kinhte": (_LEADER, _HANDLERS),
    "-vanphong": _OFFICE,
}
_DEPARTMENT = (Seat("Giám đốc", (Right.LEAD_AGENCY,)), Seat("Phó Giám đốc", (Right.LEAD_AGENCY,)), _SEAL)
_PROVINCE = (
    *_CHAIR,
    _SEAL,
    Seat("Quản trị hệ thống", (Right.ADMIN,)),
    Seat("Kiểm soát viên thủ tục hành chính", (Right.OVERSEE,)),
)
_PROVINCE_DESK = (_HEAD, Seat("Công chức tiếp nhận và trả kết quả", (Right.RECEIVE,), 8))


def make_people(*, at: datetime, report: Report = lambda _line: None) -> int:
    """Make the posts and accounts that are not there yet; returns how many accounts there are. A few seconds.

    The same people on every machine. Every account has `DEMO_PASSWORD`. Needs the units of `make_units`.
    """
    crowd = _Crowd(Random(SEED))  # noqa: S311 (invented names, no secret)
    people = [*_officers(crowd, at), *_citizens(crowd), *_organisations(crowd), *_post_and_tax(crowd, at)]
    load_accounts(actor=SYSTEM, people=people, password=DEMO_PASSWORD, at=at)
    report(f"Tài khoản mẫu: {len(people)}.")
    return len(people)


def citizens() -> list[Account]:
    """The demo citizens and organisations, in the order they were made."""
    return list(Account.objects.filter(is_demo=True, kind=AccountKind.CITIZEN).order_by("pk"))


@dataclass
class _Crowd:
    """Invents people; no username twice."""

    random: Random
    taken: set[str] = field(default_factory=lambda: {one.username for one in EASY})
    count: int = 0

    def officer(self, place: str) -> Person:
        name = invent_name(self.random)
        return self._person(name, self._username(name, place), phone_group="1", with_id=False)

    def citizen(self) -> Person:
        name = invent_name(self.random)
        return self._person(name, "", phone_group="2", with_id=True)

    def _person(self, name: Name, username: str, *, phone_group: str, with_id: bool) -> Person:
        self.count += 1
        born = date(self.random.randint(1958, 2003), self.random.randint(1, 12), self.random.randint(1, 28))
        phone = f"0900{phone_group}{self.count:05d}"
        return Person(
            username=username or phone,
            full_name=str(name),
            phone=phone,
            personal_id=_personal_id(self.random, born, is_woman=name.is_woman) if with_id else "",
            born=born if with_id else None,
            address=f"Tổ {self.random.randint(1, 20)}, khu {self.random.randint(1, 9)}" if with_id else "",
        )

    def _username(self, name: Name, place: str) -> str:
        initials = "".join(word[0] for word in fold(f"{name.family} {name.middle}").split())
        base = f"{fold(name.given)}{initials}.{place}"
        username = next(one for one in (base, *(f"{base}{n}" for n in range(2, 100))) if one not in self.taken)
        self.taken.add(username)
        return username


def _officers(crowd: _Crowd, at: datetime) -> Iterator[DemoPerson]:
    units = {unit.slug: unit for unit in Unit.objects.filter(valid_to__isnull=True).select_related("agency")}
    easy = {(one.unit, one.title): one for one in EASY}
    seats = [(units[slug], seat) for slug, seats in _seats(units) for seat in seats]
    posts = _posts(seats, at)
    for unit, seat in seats:
        for number in range(seat.people):
            named = easy.get((unit.slug, seat.title)) if number == 0 else None
            person = crowd.officer(_place(unit.agency.slug))
            yield DemoPerson(_as(person, named), AccountKind.OFFICER, unit.valid_from, (posts[unit.pk, seat.title],))


def _post_and_tax(crowd: _Crowd, at: datetime) -> Iterator[DemoPerson]:
    """After everybody else, so that nobody's invented name depends on them; no second hand at the post office.

    Among them the second administrator: two people publish a procedure.
    """
    wanted = [one for one in EASY if one.unit in {POST_OFFICE, TAX_OFFICE} or one.username == SECOND_ADMIN]
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=[one.unit for one in wanted])}
    seats = [(units[one.unit], Seat(one.title, one.rights)) for one in wanted]
    posts = _posts(seats, at)
    for (unit, seat), named in zip(seats, wanted, strict=True):
        person = _as(crowd.officer(_place(unit.slug)), named)
        yield DemoPerson(person, AccountKind.OFFICER, unit.valid_from, (posts[unit.pk, seat.title],))


def _posts(seats: Sequence[tuple[Unit, Seat]], at: datetime) -> dict[tuple[int, str], int]:
    """Ids of the posts by unit and title; makes the missing ones."""
    rows = Post.objects.filter(valid_to__isnull=True).order_by("-pk").values_list("unit_id", "title", "pk")
    held = {(unit_id, title): pk for unit_id, title, pk in rows}
    missing = [
        NewPost(unit.pk, seat.title, seat.rights, unit.valid_from)
        for unit, seat in seats
        if (unit.pk, seat.title) not in held
    ]
    made = add_posts(actor=SYSTEM, posts=missing, at=at)
    return held | {(post.unit_id, post.title): post.pk for post in made}


def _as(person: Person, easy: Easy | None) -> Person:
    return Person(username=easy.username, full_name=easy.name, phone=person.phone) if easy else person


def _place(slug: str) -> str:
    """The part of a username that says where somebody works: "honggai", "tuphap", "quangninh"."""
    words = slug.split("-")
    skip = 2 if slug.startswith(("dac-khu-", "van-phong-", "ban-quan-")) else 1
    return "".join(words[skip:])[:20]


def _seats(units: Mapping[str, Unit]) -> Iterator[tuple[str, Sequence[Seat]]]:
    yield plan()["province"]["slug"], _PROVINCE
    for department in plan()["departments"]:
        yield department["slug"], _DEPARTMENT
        for key in department["divisions"]:
            yield f"{department['slug']}-{key}", (_LEADER, _HANDLERS)
        if desk := department.get("desk"):
            yield desk["slug"], _PROVINCE_DESK
    for slug in commune_slugs():
        places = {**_COMMUNE, **({"": _MAIN_CHAIR} if slug == MAIN_WARD else {})}
        yield from ((slug + end, seats) for end, seats in places.items() if slug + end in units)


def _citizens(crowd: _Crowd) -> Iterator[DemoPerson]:
    since = plan()["province"]["since"]
    for number in range(CITIZENS):
        person = crowd.citizen()
        if number == 0:
            easy = EASY[0]
            person = Person(
                easy.username,
                easy.name,
                phone=person.phone,
                personal_id="022190123456",
                born=date(1990, 5, 19),
                address="Tổ 3, khu 2",
            )
        yield DemoPerson(person, AccountKind.CITIZEN, since, identity_level="2" if number == 0 else "")


def _organisations(crowd: _Crowd) -> Iterator[DemoPerson]:
    for number, name in enumerate(_ORGANISATIONS[:ORGANISATIONS]):
        person = crowd.citizen()
        yield DemoPerson(
            Person(
                username=person.username,
                full_name=person.full_name,
                phone=person.phone,
                personal_id=person.personal_id,
                born=person.born,
                address=person.address,
                organisation_name=name,
                tax_code=_tax_code(570990100 + number),
            ),
            AccountKind.CITIZEN,
            plan()["province"]["since"],
        )


def _personal_id(random: Random, born: date, *, is_woman: bool) -> str:
    century = (born.year - 1900) // 100 * 2 + (1 if is_woman else 0)
    return f"022{century}{born.year % 100:02d}{random.randint(900000, 999999)}"


def _tax_code(nine: int) -> str:
    """An invented tax code whose check digit is right (the next one where none would be)."""
    digits = f"{nine:09d}"
    check = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=True)) % 11
    return f"{digits}{check}" if check <= len("123456789") else _tax_code(nine + 1000)
