"""A ceiling on anonymous questions: so many a minute and address; the machine itself is not counted."""

import time
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse

PER_MINUTE: Final = 60
_MINUTE: Final = 60


def refusal(request: HttpRequest) -> JsonResponse | None:
    """Count the question; the answer 429 (`application/problem+json`) when this address has asked too often."""
    address = _address(request)
    if address is not None and address.is_loopback:
        return None
    now = time.time()
    if _count(f"deadlines:compute:{address}:{int(now // _MINUTE)}") <= PER_MINUTE:
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


def _address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None


def _count(key: str) -> int:
    if cache.add(key, 1, timeout=2 * _MINUTE):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the cache has just thrown the key out: begin again
        return 1
