"""Whole numbers and sums of money in Vietnamese words: 0 … 10^15.

Rules of reading: "linh" where the tens are nought, "mốt" for 1 after 20, "lăm" for 5 after a ten, "tư" for 4 after 20;
groups of three digits after the first are read whole ("không trăm linh ba").
"""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
_GROUP = 1000
_TEN = 10
LARGEST = 10**15


def in_words(number: int) -> str:
    """Return the number in words without a unit; raises ValueError outside 0 … 10^15."""
    if not 0 <= number <= LARGEST:
        raise ValueError("only from 0 to 10^15")
    if number == 0:
        return _DIGITS[0]
    groups = _groups_of(number)
    spoken = []
    for place in reversed(range(len(groups))):
        if groups[place]:
            words = _group_words(groups[place], is_first=place == len(groups) - 1)
            spoken.append(f"{words} {_scale(groups, place)}".strip())
    return " ".join(spoken)


def money_in_words(amount: int) -> str:
    """Return the sum as receipts print it: "Tám nghìn đồng chẵn" is written "Tám nghìn đồng"."""
    words = f"{in_words(amount)} đồng"
    return words[0].upper() + words[1:]


def _groups_of(number: int) -> list[int]:
    groups = []
    while number:
        number, rest = divmod(number, _GROUP)
        groups.append(rest)
    return groups


def _scale(groups: list[int], place: int) -> str:
    """The name of a group; "tỷ" is said once where a lower of its groups follows ("một nghìn hai trăm tỷ")."""
    billions = 3
    if place > billions and any(groups[billions:place]):
        return _GROUPS[place - billions]
    return _GROUPS[place]


def _group_words(group: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, _TEN)
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if not tens:
        if ones:
            words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_ones_after(tens, ones))
    return " ".join(words)


def _ones_after(tens: int, ones: int) -> str:
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return special.get(ones, _DIGITS[ones])
