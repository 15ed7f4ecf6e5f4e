"""Refusals become a page that says what is wrong; machines get `application/problem+json` (RFC 9457)."""

import sys
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

from motcua.kernel.errors import MotCuaError, NotFound, NotPermitted, Problem

_AWAY = "Tạm thời gián đoạn"
_TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Chưa xác thực",
    405: "Phương thức không dùng được",
    413: "Nội dung quá lớn",
}


def problem_json(error: MotCuaError) -> JsonResponse:
    """Return the error as `application/problem+json`: type, title, status, detail and every problem."""
    return problem_answer(error.status, error.problems, title=error.title)


def problem_answer(status: int, problems: Iterable[Problem], *, title: str = "") -> JsonResponse:
    """Return problems as `application/problem+json` under an HTTP status."""
    found = tuple(problems)
    body = {
        "type": f"urn:motcua:problem:{found[0].code}" if found else "about:blank",
        "title": title or _TITLES.get(status, "Không thực hiện được"),
        "status": status,
        "detail": " ".join(problem.message for problem in found),
        "problems": [_item(problem) for problem in found],
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _item(problem: Problem) -> dict[str, str]:
    """A problem; where it stands in the answers of an e-form, also as a JSON pointer (RFC 6901)."""
    is_answer = problem.field.startswith("form.")
    return {**problem.as_dict(), **({"pointer": f"/{problem.field.replace('.', '/')}"} if is_answer else {})}


def token_needed() -> HttpResponse:
    """Answer an API request without a living token: 401 with the scheme that is wanted."""
    message = "Cần khóa truy cập còn hiệu lực trong tiêu đề «Authorization: Bearer …»."
    answer = problem_answer(401, [Problem("token_needed", message, "Authorization")])
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def as_problem(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return an answer of Django's own to a program (wrong method, unreadable request) in the words of the API."""
    if answer.status_code < HTTPStatus.BAD_REQUEST or "json" in answer.headers.get("Content-Type", ""):
        return answer
    message = "Hệ thống không đọc được yêu cầu này."
    if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = f"Địa chỉ này không nhận phương thức {request.method}; hãy dùng {answer.headers.get('Allow', '')}."
    found = problem_answer(answer.status_code, [Problem(f"http_{answer.status_code}", message)])
    for name in ("Allow", "Retry-After"):
        if name in answer.headers:
            found.headers[name] = answer.headers[name]
    return found


def problem_page(request: HttpRequest, error: MotCuaError) -> HttpResponse:
    """Return the error as a page in words, or as JSON for an API path and for a script that sent JSON.

    Nobody keeps the page: what is refused now may be open in a moment, and it may name what is refused.
    """
    if request.path.startswith("/api/") or request.content_type == "application/json":
        return problem_json(error)
    answer = render(request, "ui/problem.html", {"error": error, "problems": error.problems}, status=error.status)
    answer["Cache-Control"] = "no-store"
    return answer


class ProblemPagesMiddleware:
    """Translate the refusals that views let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.path.startswith("/api/"):
            return as_problem(request, answer)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content:
            said = "Việc này chỉ làm được bằng nút trên trang trước đó. Hãy quay lại trang ấy rồi bấm lại nút."
            return problem_page(request, _OnlyByButton(Problem("only_by_button", said)))
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, MotCuaError):
            return problem_page(request, exception)
        return None


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Django's handler404 in our words."""
    return problem_page(request, NotFound(Problem("no_page", "Trang này không có hoặc không dành cho bạn.")))


class _PageIsOld(NotPermitted):
    title = "Trang này mở đã lâu"


class _OnlyByButton(MotCuaError):  # noqa: N818 (named after what it says to the person)
    status = HTTPStatus.METHOD_NOT_ALLOWED
    title = "Không mở được trang này trực tiếp"


def page_is_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Django's CSRF_FAILURE_VIEW: the page was opened before somebody signed in or took over on this machine."""
    message = (
        "Sau khi trang mở, trên máy này đã có người đăng nhập lại, đổi người, hoặc trình duyệt không giữ cookie. Việc "
        "bạn vừa bấm chưa được ghi. Hãy bấm nút quay lại của trình duyệt, xem đúng tên mình ở góc trên rồi làm lại."
    )
    return problem_page(request, _PageIsOld(Problem("page_is_old", message)))


#: Only words and the style sheet, which is served without the database.
_BARE: Final = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} – Một Cửa</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{style}</head>
<body><header class="head"><div class="wrap"><a class="brand" href="/"><b>Một Cửa</b></a></div></header>
<main><div class="wrap"><h1>{title}</h1><p>{message}</p>
<p class="row"><a class="btn" href="">Mở lại trang này</a><a class="btn link" href="/">Trang chủ</a></p></div></main>
</body></html>"""


def _style() -> str:
    try:
        return f'<link rel="stylesheet" href="{static("ui/ui.css")}">'
    except ValueError:  # not collected
        return ""


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Django's handler500: a plain page that needs nothing that may be broken.

    A database that does not answer for a moment (it is being started again) is 503: the same request may be sent again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, code, title = (503, "database_away", _AWAY) if away else (500, "server_error", "Lỗi hệ thống")
    message = "Hệ thống gặp lỗi. Thông tin bạn đã lưu không bị mất; hãy thử lại sau ít phút."
    if away:
        message = "Hệ thống đang khởi động lại. Thông tin bạn đã lưu không bị mất; hãy gửi lại sau vài giây."
    if request.path.startswith("/api/"):
        answer: HttpResponse = problem_answer(status, [Problem(code, message)], title=title)
    else:
        answer = HttpResponse(_BARE.format(style=_style(), title=title, message=message), status=status)
    if away:
        answer.headers["Retry-After"] = "2"
    return answer
