"""The payment platform of the National Public Service Portal, protocol 1.0.6."""

import http.client
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as HttpRequest

from motcua.payments.providers import News, PlatformError, Request
from motcua.payments.rules.platform import (
    CALLBACK_FIELDS,
    SUCCESS,
    amount_of,
    ask_message,
    init_message,
    is_genuine,
)
from motcua.payments.terms import OrderState

_TIMEOUT = 8
_LARGEST_ANSWER = 5 * 1024 * 1024


class _NoRedirects(HTTPRedirectHandler):
    """The platform's address is exact: money follows no redirect."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class NationalPlatform:
    """Posts JSON to `url`; `secret` signs, `token` (may be "") goes as Bearer."""

    url: str
    partner: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)

    def start(self, request: Request, *, at: datetime) -> str:
        """INIT; see `Platform.start`."""
        message = init_message(
            partner=self.partner,
            reference=request.reference,
            amount=request.amount,
            text=request.text,
            at=at,
            ip=request.ip,
            secret=self.secret,
        )
        answer = _json(self._post({**message, "ThongTinBienLai": request.receipt}))
        if str(answer.get("error_code", "")) != "0":
            raise PlatformError(f"INIT: mã lỗi {answer.get('error_code', '')}")
        said = answer.get("message")
        page = (_json(said.encode()) if isinstance(said, str) else said or {}).get("UrlThanhToan", "")
        if urlsplit(str(page)).scheme not in {"http", "https"}:
            raise PlatformError("INIT: không có trang thanh toán")
        return str(page)

    def ask(self, reference: str, *, at: datetime) -> News:
        """QUERY; see `Platform.ask`. An answer counts only when it is signed, ours, and about this transaction.

        `TrangThaiGD` is not among the signed fields, so a success must also stand in `MaLoi`, which is.
        """
        message = ask_message("QUERY", partner=self.partner, reference=reference, at=at, secret=self.secret)
        answer = _json(self._post(message))
        if not is_genuine(answer, CALLBACK_FIELDS, self.secret):
            raise PlatformError("QUERY: thiếu hoặc sai mã xác thực")
        if answer.get("MaDoiTac") != self.partner or answer.get("MaThamChieu") != reference:
            raise PlatformError("QUERY: trả lời về giao dịch khác")
        states = {OrderState.SUCCEEDED.value: True, OrderState.FAILED.value: False}
        succeeded = states.get(str(answer.get("TrangThaiGD", "")))
        if succeeded and str(answer.get("MaLoi", "")) != SUCCESS:
            raise PlatformError("QUERY: trạng thái và mã lỗi trái nhau")
        return News(reference, succeeded, amount_of(answer), str(answer.get("MaGiaoDich", "")))

    def bill(self, reference: str, *, at: datetime) -> bytes:
        """GET_BILL; see `Platform.bill`."""
        message = ask_message("GET_BILL", partner=self.partner, reference=reference, at=at, secret=self.secret)
        found = self._post(message)
        if not found.startswith(b"%PDF-"):
            raise PlatformError("GET_BILL: không phải tệp PDF")
        return found

    def read_callback(self, message: dict[str, Any]) -> News | None:
        """Return what a callback says; None for another partner's or a forged one."""
        if message.get("MaDoiTac") != self.partner or not is_genuine(message, CALLBACK_FIELDS, self.secret):
            return None
        succeeded = str(message.get("MaLoi", "")) == SUCCESS
        reference, number = str(message.get("MaThamChieu", "")), str(message.get("MaGiaoDich", ""))
        return News(reference, succeeded, amount_of(message), number)

    def _post(self, message: dict[str, object]) -> bytes:
        content = json.dumps(message, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = HttpRequest(self.url, data=content, headers=headers)  # noqa: S310 (http or https, checked at start)
        try:
            with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT) as answer:
                found: bytes = answer.read(_LARGEST_ANSWER)
                return found
        except HTTPError as error:
            error.close()
            raise PlatformError(f"HTTP {error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            raise PlatformError(f"{type(error).__name__}: {error}") from error


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise PlatformError("trả lời không phải JSON") from error
    if not isinstance(found, dict):
        raise PlatformError("trả lời không đúng dạng")
    return found
