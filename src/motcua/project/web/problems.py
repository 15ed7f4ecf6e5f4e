"""Refusals become a page that says what is wrong; machines get `application/problem+json` (RFC 9457)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from motcua.kernel.errors import MotCuaError, NotFound, NotPermitted, Problem


def problem_json(error: MotCuaError) -> JsonResponse:
    """Return the error as `application/problem+json`: type, title, status, detail and every problem."""
    body = {
        "type": f"urn:motcua:problem:{error.problems[0].code}" if error.problems else "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": " ".join(problem.message for problem in error.problems),
        "problems": [problem.as_dict() for problem in error.problems],
    }
    return JsonResponse(body, status=error.status, content_type="application/problem+json")


def token_needed() -> HttpResponse:
    """Answer an API request without a living token: 401 with the scheme that is wanted."""
    message = "Cần khóa truy cập còn hiệu lực trong tiêu đề Authorization: Bearer …"
    answer = problem_json(NotPermitted(Problem("token_needed", message)))
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def problem_page(request: HttpRequest, error: MotCuaError) -> HttpResponse:
    """Return the error as a page in words, or as JSON for an API path."""
    if request.path.startswith("/api/"):
        return problem_json(error)
    return render(request, "ui/problem.html", {"error": error, "problems": error.problems}, status=error.status)


class ProblemPagesMiddleware:
    """Translate the refusals that views let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, MotCuaError):
            return problem_page(request, exception)
        return None


def page_not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Django's handler404 in our words."""
    return problem_page(request, NotFound(Problem("no_page", "Trang này không có hoặc không dành cho bạn.")))


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Django's handler500: a plain page that needs nothing that may be broken."""
    message = "Hệ thống gặp lỗi. Thông tin bạn đã lưu không bị mất; hãy thử lại sau ít phút."
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"type": "about:blank", "title": "Lỗi hệ thống", "status": 500, "detail": message},
            status=500,
            content_type="application/problem+json",
        )
    head = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lỗi hệ thống</title>'
    return HttpResponse(f"{head}<h1>Lỗi hệ thống</h1><p>{message}</p>", status=500)
