"""The room's addresses alone, as the project mounts them."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from ninja import NinjaAPI

from motcua.deadlines.api import router
from motcua.kernel.errors import MotCuaError

api = NinjaAPI(urls_namespace="deadlines-tests")
api.add_router("", router)


@api.exception_handler(MotCuaError)
def told(request: HttpRequest, error: MotCuaError) -> JsonResponse:
    return JsonResponse({"problems": [problem.as_dict() for problem in error.problems]}, status=error.status)


urlpatterns = [path("api/v1/", api.urls)]
