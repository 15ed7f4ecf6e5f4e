"""Fees and charges (phí, lệ phí) in a row of "cách thức thực hiện".

The portal's number is not always the fee: "Miễn phí (135.000 đồng/lần)" is 135,000 and "20 VNĐ (20.000 đồng)" was
cut at the thousands. What stands beside the number decides then, with a remark; "theo quy định" is never free.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from motcua.importing.national.cells import MONEY_UNIT
from motcua.importing.national.letters import LOWER
from motcua.importing.terms import Remark
from motcua.kernel.text import clean, fold

#: stated = an amount; free = nothing is taken; by_rule = another document sets it; percent = a share of another fee.
FeeStatus = Literal["stated", "free", "by_rule", "percent"]
Currency = Literal["VND", "USD", "EUR"]


@dataclass(frozen=True, slots=True)
class FeeValue:
    """One fee as read: `amount` in its currency (None where no figure is stated), `per` what it counts."""

    name: str
    kind: Literal["fee", "charge"]
    status: FeeStatus
    amount: Decimal | None = None
    currency: Currency = "VND"
    per: str = ""
    note: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class FeeReading:
    """The fees of a row; no fee and no remark means the source says nothing of fees."""

    fees: tuple[FeeValue, ...] = ()
    remarks: tuple[Remark, ...] = ()


_NUMBER = r"\d{1,3}(?:[.,\s]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?<![\d.,/])(?P<number>{_NUMBER})\s*\(?\s*(?P<unit>{MONEY_UNIT}|đồng|đ|nghìn đồng|triệu đồng)(?![{LOWER}])",
    re.IGNORECASE,
)
_WORDED = re.compile(rf"(?<![\d.,/])(?P<number>{_NUMBER})\s*\((?:[^()\d]{{4,60}})\)\s*(?P<unit>đồng)", re.IGNORECASE)
_PER = re.compile(
    rf"\s*(?:đồng)?\s*/\s*(?:0?1\s*)?(?:\(một\)\s*)?(?P<per>[{LOWER}][{LOWER} ]{{0,28}}?)"
    rf"(?=[\s]*[^{LOWER} ]|\s+(?:và|hoặc|đối với|trường hợp|theo|từ|kể|áp dụng)|$)"
)
_HEAD = re.compile(rf"^\s*(?:(?P<number>{_NUMBER})\s*(?P<unit>{MONEY_UNIT})?(?![{LOWER}\d/.-]))", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|(?<=[\s.;\n]))(?P<label>Lệ phí|Phí)\s*:\s*", re.IGNORECASE)
_ATTACHED = re.compile(r"File đính kèm\s*:[^\n]*|Xem chi tiết", re.IGNORECASE)
_FREE = re.compile(
    r"(?:mien phi|khong thu(?: phi| le phi| phi,? le phi)?|khong(?: co)?(?: quy dinh)?(?: phi)?(?:,? le phi)?|0|o)"
    r"(?: (?:viet nam )?dong| vnd)?"
)
_NOT_SAID = re.compile(r"(?:khong co thong tin|(?:viet nam )?dong|vnd|)")
_BY_RULE = re.compile(
    r"theo (?:quy dinh|muc|thong tu|nghi|luat|bieu|huong dan)|quy dinh (?:tai|cua|muc|ve)|thong tu|nghi quyet|"
    r"nghi dinh|hoi dong nhan dan|"
    r"\bdo [^.;]{3,80}(?:quy dinh|quyet dinh|ban hanh)|"
    r"mien (?:le phi|phi)?,? ?(?:doi voi|cho)\b|muc (?:thu|phi|le phi)|thuc hien theo|"
    r"luat phi|bieu (?:phi|gia|muc)|gia dich vu|do bo tai chinh|quy dinh phi"
)
_FREE_WORDS = re.compile(r"^(?:khong|mien phi|khong thu)")
_PERCENT = re.compile(r"\b(\d+(?:[.,]\d+)?)\s*%")
_FOR_A_TIME = re.compile(r"ap dung|ke tu ngay|den het ngay")
_THOUSAND = Decimal(1000)


def read_fees(cells: Iterable[str]) -> FeeReading:
    """Read the fee cells of one row. Each may hold several fees: "Phí: … Lệ phí: …"."""
    fees: list[FeeValue] = []
    remarks: list[Remark] = []
    for cell in cells:
        for kind, text in _items(clean(cell, keep_lines=True)):
            found, said = _read_item(text, kind)
            fees.extend(found)
            remarks.extend(said)
    return FeeReading(tuple(dict.fromkeys(fees)), tuple(dict.fromkeys(remarks)))


def _items(cell: str) -> Iterator[tuple[str, str]]:
    """The fees of a cell with the word before each ("phí", "lệ phí" or "")."""
    cell = _ATTACHED.sub(" ", cell).strip()
    labels = [
        match
        for match in _LABEL.finditer(cell)
        if cell.count("(", 0, match.start()) == cell.count(")", 0, match.start())
    ]
    if not labels or cell[: labels[0].start()].strip():
        yield "", cell
        return
    for place, match in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(cell)
        yield fold(match["label"]), cell[match.end() : end].strip()


def _read_item(text: str, label: str) -> tuple[list[FeeValue], list[Remark]]:
    head, note = _head_and_note(text)
    folded = fold(head)
    blank = FeeValue(_name(label, note), _kind(label, note), "stated", note=note)
    if match := _HEAD.match(head):
        return _with_headline(blank, match, head)
    if _FREE.fullmatch(folded):
        return _headed_free(blank)
    if _NOT_SAID.fullmatch(folded):
        return _headed_free(blank, is_said=False) if note else ([], _not_said(label, folded))
    return _from_words(replace(blank, note=clean(text)), clean(text))


def _head_and_note(text: str) -> tuple[str, str]:
    """What stands before the bracket, and what stands within it."""
    place = text.find("(")
    if place < 0:
        return text.strip(), ""
    inner = text[place:].strip()
    return text[:place].strip(), clean(inner[1:-1] if inner.endswith(")") else inner[1:])


def _not_said(label: str, folded: str) -> list[Remark]:
    if folded == "khong co thong tin" or (not label and not folded):
        return []
    return [_remark("fee_without_amount", "Nguồn có dòng phí, lệ phí nhưng để trống mức thu.")]


def _remark(code: str, message: str) -> Remark:
    return Remark("fees", code, message)


def _kind(label: str, note: str) -> Literal["fee", "charge"]:
    words = label or fold(note)[:60]
    return "charge" if "le phi" in words else "fee"


def _name(label: str, note: str) -> str:
    """The fee's name: the words before the colon of its note, where they are a name; else phí or lệ phí."""
    named = re.match(r"[-+*\s]*((?:Lệ phí|Phí|Mức (?:thu )?(?:lệ )?phí)\b[^:;.\d(]{3,140}):", note, re.IGNORECASE)
    if named:
        return clean(named[1])
    return "Lệ phí" if _kind(label, note) == "charge" else "Phí"


def _with_headline(blank: FeeValue, match: re.Match[str], head: str) -> tuple[list[FeeValue], list[Remark]]:
    """A number stands first: it is the fee, unless the words beside it show that it was cut or is a placeholder."""
    if match["unit"] == "%" or (_PERCENT.match(head.strip())):
        return _from_words(blank, head)
    currency = _currency(match["unit"] or "đồng")
    amount = _amount(match["number"], currency)
    per = _per_of(head[match.end() :]) or _per_of(blank.note) or _per_beside(blank.note, amount)
    fee = replace(blank, amount=amount, currency=currency, per=per)
    if amount == 0:
        return _headed_free(blank)
    if currency == "VND" and amount < _THOUSAND:
        return _small(fee)
    return [fee], list(_reduced(fee))


def _reduced(fee: FeeValue) -> Iterator[Remark]:
    """Another amount that holds for a time: it stays in the note, for a person to decide."""
    if _FOR_A_TIME.search(fold(fee.note)) and any(one.amount != fee.amount for one in _money_in(fee.note)):
        yield _remark("fee_reduced_for_a_time", f"Có mức thu khác trong một thời gian: “{fee.note[:200]}”.")


def _small(fee: FeeValue) -> tuple[list[FeeValue], list[Remark]]:
    """Under a thousand đồng: the words beside it may name the right money or the thousands that were cut off."""
    amount = fee.amount or Decimal(0)
    for stated in _money_in(fee.note):
        if stated.amount == amount and stated.currency != "VND":
            message = f"Ô số tiền ghi {amount} đồng, chữ bên cạnh ghi {amount} {stated.currency}: lấy theo chữ."
            told = replace(fee, currency=stated.currency, per=fee.per or stated.per)
            return [told], [_remark("fee_in_other_money", message)]
        if stated.currency == "VND" and stated.amount in (amount * _THOUSAND, amount * _THOUSAND**2):
            message = f"Ô số tiền ghi {amount}, chữ bên cạnh ghi {stated.amount}: lấy theo chữ."
            told = replace(fee, amount=stated.amount, per=fee.per or stated.per)
            return [told], [_remark("fee_cut_at_thousands", message)]
    message = f"Mức thu {amount} đồng nhỏ khác thường, có thể mất ba số không."
    return [replace(fee, is_doubtful=True)], [_remark("fee_suspiciously_small", message)]


def _headed_free(blank: FeeValue, *, is_said: bool = True) -> tuple[list[FeeValue], list[Remark]]:
    """Headed "Miễn phí", 0 or nothing: free only if the note does not tell another story."""
    if blank.note:
        found, remarks = _from_words(blank, blank.note, quiet=True)
        if found and found[0].status != "free":
            message = (
                "Cột phí ghi miễn phí hoặc để trống, nhưng ghi chú nêu mức thu hoặc dẫn văn bản: lấy theo ghi chú."
            )
            return found, remarks or [_remark("fee_from_note", message)]
    if not is_said:
        return [], _not_said("phi", "")
    return [replace(blank, status="free", amount=Decimal(0))], []


def _from_words(blank: FeeValue, words: str, *, quiet: bool = False) -> tuple[list[FeeValue], list[Remark]]:
    """A fee told in words: amounts where they are named, else a share, another document's rule, or nothing readable."""
    folded = fold(words)
    amounts = (
        []
        if _FREE_WORDS.match(folded) and len(folded) < len("khong thu phi, le phi xxxxxxxxxxxxxx")
        else _money_in(words)
    )
    if amounts:
        fees = [
            replace(blank, amount=one.amount, currency=one.currency, per=one.per, name=one.name or blank.name)
            for one in amounts
        ]
        return fees, [] if quiet else [_remark("fee_from_words", "Mức thu đọc từ câu chữ.")]
    if share := _PERCENT.search(words):
        return [replace(blank, status="percent")], [_remark("fee_percent", f"Mức thu là {share[1]} % của mức khác.")]
    if _BY_RULE.search(folded):
        return [replace(blank, status="by_rule")], [
            _remark("fee_by_rule", "Mức thu do văn bản khác quy định, không ghi số.")
        ]
    if _FREE_WORDS.match(folded):
        return [replace(blank, status="free", amount=Decimal(0))], []
    if quiet:
        return [], []
    return [replace(blank, status="by_rule")], [_remark("fee_not_read", f"Không đọc được mức thu: “{words[:160]}”.")]


def _money_in(text: str) -> list[FeeValue]:
    """Every amount of money the words name, in order; a sum of a time that is over does not come first."""
    found = []
    begun = 0
    for match in sorted([*_MONEY.finditer(text), *_WORDED.finditer(text)], key=lambda one: one.start()):
        currency = _currency(match["unit"])
        amount = _amount(match["number"], currency) * _times(match["unit"])
        is_year = re.search(r"năm\s*$", text[: match.start()]) is not None
        if amount > 0 and match["unit"] != "%" and not is_year:
            name = _named(text[begun : match.start()])
            found.append(FeeValue(name, "fee", "stated", amount, currency, _per_of(text[match.end() :])))
        begun = match.end()
    return found


def _named(before: str) -> str:
    """The words before an amount that say what it is for: "- Cấp mới: 150.000 đồng"."""
    match = re.search(r"([^:;.\n]{3,160}):\s*$", before)
    return re.sub(r"^/?\s*\w+\s*[,;.]\s*", "", clean(match[1])).strip(" -+*/") if match else ""


def _times(unit: str) -> Decimal:
    folded = fold(unit)
    return _THOUSAND if folded.startswith("nghin") else _THOUSAND**2 if folded.startswith("trieu") else Decimal(1)


def _currency(unit: str) -> Currency:
    folded = fold(unit)
    if "usd" in folded or "do la" in folded:
        return "USD"
    return "EUR" if folded.startswith("eur") else "VND"


def _amount(text: str, currency: Currency) -> Decimal:
    """The number in the Vietnamese or the English way: 2.000.000, 2,000,000, 1.5, 0,5."""
    text = re.sub(r"\s", "", text)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+(?:,\d{1,2})?", text)
    if grouped and (currency == "VND" or text.count(".") + text.count(",") > 1 or "," in text):
        whole, _, rest = text.partition(",") if re.search(r",\d{1,2}$", text) else (text, "", "")
        text = re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else "")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Decimal(0)


def _per_of(text: str) -> str:
    match = _PER.match(text)
    return clean(match["per"]) if match else ""


def _per_beside(note: str, amount: Decimal) -> str:
    return next((one.per for one in _money_in(note) if one.amount == amount and one.per), "")
