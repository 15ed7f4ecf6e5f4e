"""The API, version 1: one place where the rooms' routers are hung."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.security import HttpBearer

from motcua.agencies.api import router as agencies
from motcua.deadlines.api import router as deadlines
from motcua.dossiers.api import router as dossiers
from motcua.identity.bearer import token_in
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.procedures.api import router as procedures
from motcua.project.web.api_document import complete
from motcua.project.web.parser import CarefulParser
from motcua.project.web.problems import problem_answer, problem_json, token_needed
from motcua.project.web.shape_problems import shape_problem


class BearerToken(HttpBearer):
    """The key of a program, made by `motcua token` or on the account's page."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return the actor of a living token; a browser's session is not taken, so no page can act through it."""
        if token_in(request.headers.get("Authorization", "")) is None:
            return None
        actor = actor_in(request)
        return actor if actor.is_signed_in else None

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002 (ninja's signature)
        """Return the actor that the middleware found."""
        return actor_in(request)


class Api(NinjaAPI):
    """The API and its description, names of operations as the functions are called."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the stable name of an operation that gives itself none."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI description, refusals included."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        complete(document)
        return document


api = Api(
    title="Một Cửa",
    version="1",
    description=(
        "Mọi việc cán bộ và người dân làm được trên màn hình đều làm được qua API này. Mỗi yêu cầu ghi mang "
        "`Idempotency-Key`: gửi lại cùng khóa thì nhận lại câu trả lời cũ, việc không làm hai lần. Từ chối nào cũng là "
        "`application/problem+json`, liệt kê mọi lỗi một lần. Thời điểm theo ISO 8601; không có múi giờ thì hiểu là "
        "giờ Việt Nam."
    ),
    urls_namespace="api",
    docs_url=None,
    auth=BearerToken(),
    parser=CarefulParser(),
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
    """Answer a request that has not the right shape, in Vietnamese, every problem at once."""
    return problem_json(Invalid(map(shape_problem, error.errors)))


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a request without a living token."""
    return token_needed()


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer an address that is not there."""
    return problem_json(NotFound(Problem("no_page", "Không có địa chỉ này.")))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a body that ninja could not read; our parser's reason lies in the cause."""
    if isinstance(error.__cause__, MotCuaError):
        return problem_json(error.__cause__)
    return problem_answer(error.status_code, [Problem("unreadable", "Hệ thống không đọc được yêu cầu này.")])


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a body beyond the limit (files go to `POST /uploads`)."""
    message = "Nội dung gửi lên quá lớn; tệp đính kèm hãy gửi trước bằng POST /api/v1/uploads."
    return problem_answer(413, [Problem("too_big", message)])


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 (ninja's signature)
    """Answer a request that is not what it says it is, a broken multipart body for one."""
    return problem_answer(400, [Problem("unreadable", "Hệ thống không đọc được yêu cầu này.")])
