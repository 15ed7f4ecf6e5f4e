"""Questions of several inputs: people, organisations, addresses, parcels of land, points on a map, partial dates."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from motcua.forms.rules.plain import Unreadable, day_typed
from motcua.forms.rules.reading import Spot
from motcua.forms.rules.singles import option_typed, single_value
from motcua.kernel.checks import born_problems, personal_id_problems
from motcua.kernel.errors import Problem

_CHOSEN = frozenset({"choice", "choices", "yes_no"})
_MONTHS = 12
_DATE_PARTS = ("day", "month", "year")
_GENDER_DIGIT = 3
_OLDEST = 1800


def missing(spot: Spot) -> None:
    """Note that an answer is missing."""
    kind, label = spot.question.kind, spot.question.label
    if kind == "consent":
        spot.say("required", f"Hãy đánh dấu vào ô “{label}”.")
    elif kind == "file":
        spot.say("required", f"Hãy tải lên “{label}”.")
    else:
        spot.say("required", f"Hãy {'chọn' if kind in _CHOSEN else 'nhập'} “{label}”.")


def single(spot: Spot, *, required: bool) -> object:
    """The value of a question with one input; a missing one is noted where it is required."""
    before = len(spot.reading.problems)
    if spot.question.lookup in {"provinces", "communes"} and spot.question.kind == "choice":
        names = territories(spot)
        found: object = names.get(option_typed(spot, names) or "")
    else:
        found = single_value(spot)
    if found is None and required and len(spot.reading.problems) == before:
        missing(spot)
    return found


def territories(spot: Spot) -> Mapping[str, str]:
    """Names of the territories a choice is among, by code: provinces, or all communes, each with its province."""
    places, on = spot.reading.places, day_of_units(spot)
    provinces = places.provinces_on(on)
    if spot.question.lookup == "provinces":
        return provinces
    return {
        code: f"{name}, {provinces[province]}"
        for province in provinces
        for code, name in places.communes_of(province, on).items()
    }


def day_of_units(spot: Spot) -> date:
    """The day whose units an address uses: by the formula of its field, else today."""
    formula = spot.question.units_on
    found = formula.evaluate(spot.reading.known) if formula else None
    if isinstance(found, datetime):
        return found.date()
    return found if isinstance(found, date) else spot.reading.today


def composite(spot: Spot, *, required: bool) -> Mapping[str, object] | None:
    """The parts typed; None when none was. Once begun, every part that is not optional is asked for."""
    if spot.question.kind == "partial_date":
        return _partial_date(spot, required=required)
    if not required and not spot.reading.is_begun(spot.name):
        return None
    if spot.question.kind == "address":
        return _address(spot)
    found: dict[str, object] = {}
    for part in spot.question.parts:
        inside = spot.inside(part)
        read = composite if part.parts else single
        value = read(inside, required=part.required)
        if value is not None:
            found[part.key] = value
    _check_person(spot, found)
    return found or None


def _check_person(spot: Spot, person: Mapping[str, object]) -> None:
    born, number, gender = (person.get(key) for key in ("born", "personal_id", "gender"))
    day = born if isinstance(born, date) else None
    found = born_problems(day, today=spot.reading.today)
    if isinstance(number, str):
        found += personal_id_problems(number, born=day)
        found += _gender_problems(number, gender)
    for problem in found:
        part = spot.question.part(problem.field)
        target = spot.inside(part) if part else spot
        target.say(problem.code, problem.message, problem.basis)


def _gender_problems(number: str, gender: object) -> list[Problem]:
    """The fourth digit of a personal number is even for a man, odd for a woman (Nghị định 137/2015/NĐ-CP, Điều 13)."""
    if len(number) != len("001090000001") or not number.isdigit() or gender not in {"male", "female"}:
        return []
    if (int(number[_GENDER_DIGIT]) % 2 == 0) == (gender == "male"):
        return []
    told = "nam" if int(number[_GENDER_DIGIT]) % 2 == 0 else "nữ"
    message = f"Số định danh là của {told}, không khớp với giới tính đã chọn; hãy sửa một trong hai."
    return [Problem("personal_id_gender", message, "personal_id", "Nghị định 137/2015/NĐ-CP, Điều 13")]


def _address(spot: Spot) -> Mapping[str, object] | None:
    """An address in the two-level units of its day, with their names as they were then."""
    on = day_of_units(spot)
    found: dict[str, object] = {}
    names: Mapping[str, str] = spot.reading.places.provinces_on(on)
    for part in spot.question.parts:
        inside = spot.inside(part)
        if part.key == "line":
            text = single(inside, required=part.required)
            found |= {} if text is None else {"line": text}
            continue
        if part.key == "commune":
            if "province" not in found:
                continue
            names = spot.reading.places.communes_of(str(found["province"]), on)
        code = _unit(inside, names)
        if code:
            found |= {part.key: code, f"{part.key}_name": names[code]}
    if not found:
        return None
    return {**found, "text": address_text(found)}


def _unit(spot: Spot, names: Mapping[str, str]) -> str | None:
    before = len(spot.reading.problems)
    code = option_typed(spot, names)
    if code is None and spot.question.required and len(spot.reading.problems) == before:
        missing(spot)
    return code


def address_text(address: Mapping[str, object]) -> str:
    """An address on one line, from the house to the province."""
    return ", ".join(str(address[key]) for key in ("line", "commune_name", "province_name") if address.get(key))


def _partial_date(spot: Spot, *, required: bool) -> Mapping[str, object] | None:
    before = len(spot.reading.problems)
    if not spot.reading.is_begun(spot.name):
        if required:
            missing(spot)
        return None
    typed = _typed_date(spot)
    if len(spot.reading.problems) > before:
        return None
    try:
        return _whole_date(typed)
    except Unreadable as error:
        spot.say("unreadable", f"“{spot.question.label}”: {error}.")
        return None


def _typed_date(spot: Spot) -> dict[str, int]:
    """The parts typed one by one, or as one text: 1990, 2/1990, 1/2/1990."""
    text = spot.text() if isinstance(spot.reading.typed.get(spot.name, ""), str) else ""
    if text:
        pieces = text.replace("-", "/").replace(".", "/").split("/")
        readable = all(piece.isascii() and piece.isdigit() and len(piece) <= len("2026") for piece in pieces)
        if readable and len(pieces) < len(_DATE_PARTS):
            return dict(zip(reversed(_DATE_PARTS), map(int, reversed(pieces)), strict=False))
        try:
            day = day_typed(text)
        except Unreadable as error:
            spot.say("unreadable", f"“{spot.question.label}”: {error}.")
            return {}
        return {"day": day.day, "month": day.month, "year": day.year}
    parts = {part.key: single(spot.inside(part), required=False) for part in spot.question.parts}
    return {key: int(value) for key, value in parts.items() if isinstance(value, Decimal)}


def _whole_date(parts: Mapping[str, int]) -> Mapping[str, object]:
    if "year" not in parts:
        raise Unreadable("hãy ghi ít nhất là năm, đủ bốn chữ số")
    if not _OLDEST <= parts["year"] <= date.max.year:
        raise Unreadable("hãy ghi đủ bốn chữ số của năm")
    if "day" in parts and "month" not in parts:
        raise Unreadable("đã ghi ngày thì phải ghi tháng")
    if not 1 <= parts.get("month", 1) <= _MONTHS:
        raise Unreadable("tháng phải từ 1 đến 12")
    day_typed(f"{parts['year']:04d}-{parts.get('month', 1):02d}-{parts.get('day', 1):02d}"[:10])
    return {key: parts[key] for key in _DATE_PARTS if key in parts}
