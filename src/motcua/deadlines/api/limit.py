"""A ceiling on anonymous questions: so many a minute and address; the machine itself is not counted."""

import time
from ipaddress import ip_address
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse

PER_MINUTE: Final = 60
_MINUTE: Final = 60


def refusal(request: HttpRequest) -> JsonResponse | None:
    """Count the question; the answer 429 (`application/problem+json`) when this address has asked too often."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if _is_loopback(address):
        return None
    now = time.time()
    key = f"deadlines:compute:{address}:{int(now // _MINUTE)}"
    if cache.add(key, 1, timeout=2 * _MINUTE) or cache.incr(key) <= PER_MINUTE:
        return None
    body = {
        "type": "urn:motcua:problem:too_many_requests",
        "title": "Hỏi quá nhiều lần",
        "status": 429,
        "detail": f"Mỗi địa chỉ được hỏi {PER_MINUTE} lần mỗi phút; hãy thử lại sau ít giây.",
    }
    answer = JsonResponse(body, status=429, content_type="application/problem+json")
    answer["Retry-After"] = str(_MINUTE - int(now % _MINUTE))
    return answer


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
