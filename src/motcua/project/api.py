"""The API, version 1: one place where the rooms' routers are hung."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from motcua.agencies.api import router as agencies
from motcua.deadlines.api import router as deadlines
from motcua.dossiers.api import router as dossiers
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.procedures.api import router as procedures
from motcua.project.web.problems import problem_json, token_needed

_WORDS = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "enum": "giá trị không có trong danh mục",
    "literal_error": "giá trị không có trong danh mục",
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "string_type": "phải là chuỗi ký tự",
    "json_invalid": "không phải JSON đúng",
}
_DATES = "phải là ngày, giờ dạng ISO 8601, ví dụ 2026-03-02T09:15:00+07:00"


def bearer_only(request: HttpRequest) -> Actor | None:
    """Return the actor of a bearer token; a browser's session is not taken, so no page can act through it."""
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        return None
    actor = actor_in(request)
    return actor if actor.is_signed_in else None


api = NinjaAPI(
    title="Một Cửa",
    version="1",
    description="Mọi việc cán bộ và người dân làm được trên màn hình đều làm được qua API này.",
    urls_namespace="api",
    docs_url=None,
    auth=bearer_only,
)
api.add_router("", agencies, auth=None)
api.add_router("", deadlines, auth=None)
api.add_router("", procedures, auth=None)
api.add_router("", dossiers)


@api.exception_handler(MotCuaError)
def refused(request: HttpRequest, error: MotCuaError) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a refusal with all its problems."""
    return problem_json(error)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a body that has not the right shape, in Vietnamese, every problem at once."""
    return problem_json(Invalid([_shape_problem(one) for one in error.errors]))


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a request without a living token."""
    return token_needed()


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer an address that is not there."""
    return problem_json(NotFound(Problem("no_page", "Không có địa chỉ này.")))


def _shape_problem(error: dict[str, Any]) -> Problem:
    place = ".".join(str(part) for part in error.get("loc", ()) if part not in {"body", "query", "path", "file"})
    kind = str(error.get("type", ""))
    words = _DATES if "date" in kind else _WORDS.get(kind, "giá trị không hợp lệ")
    head, _, field = place.partition(".")
    name = field if head in {"body_params", "body", "filters"} and field else place
    return Problem(f"shape_{kind}", f"«{name or 'nội dung'}»: {words}.", name)
