"""VietQR: the text of a transfer's QR code (EMVCo merchant-presented mode, NAPAS 247), written and read."""

from dataclasses import dataclass

_NAPAS = "A000000727"
_TO_ACCOUNT = "QRIBFTTA"
_LONGEST_FIELD = 99
_CRC_FIELD = "6304"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer as the code carries it: six-digit BIN of the bank, account, đồng (0 = any), text of the transfer."""

    bank_bin: str
    account: str
    amount: int = 0
    text: str = ""


def vietqr(transfer: Transfer) -> str:
    """Return the text to draw as a QR code; raises ValueError for what does not fit a field."""
    bank = _field("00", transfer.bank_bin) + _field("01", transfer.account)
    to = _field("00", _NAPAS) + _field("01", bank) + _field("02", _TO_ACCOUNT)
    body = _field("00", "01") + _field("01", "12" if transfer.amount else "11") + _field("38", to) + _field("53", "704")
    if transfer.amount:
        body += _field("54", str(transfer.amount))
    body += _field("58", "VN")
    if transfer.text:
        body += _field("62", _field("08", transfer.text))
    return f"{body}{_CRC_FIELD}{crc16(body + _CRC_FIELD):04X}"


def read_vietqr(text: str) -> Transfer:
    """Return what a code says; raises ValueError for a wrong check or what is no VietQR."""
    if len(text) < len("0000") or f"{crc16(text[:-4]):04X}" != text[-4:].upper():
        raise ValueError("wrong check digits")
    fields = _fields(text)
    to = _fields(fields.get("38", ""))
    bank = _fields(to.get("01", ""))
    if to.get("00") != _NAPAS or not {"00", "01"} <= set(bank):
        raise ValueError("no VietQR")
    said = _fields(fields.get("62", ""))
    return Transfer(bank["00"], bank["01"], int(fields.get("54", "0")), said.get("08", ""))


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF ("123456789" gives 0x29B1)."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _field(tag: str, value: str) -> str:
    if not 0 < len(value) <= _LONGEST_FIELD or not value.isascii():
        raise ValueError(f"field {tag} does not fit")
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    found, place = {}, 0
    while place < len(text):
        tag, length = text[place : place + 2], text[place + 2 : place + 4]
        if not length.isdigit() or place + 4 + int(length) > len(text):
            raise ValueError("broken field")
        found[tag] = text[place + 4 : place + 4 + int(length)]
        place += 4 + int(length)
    return found
