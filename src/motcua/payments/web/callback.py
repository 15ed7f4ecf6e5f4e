"""The platform's call: the only news of a payment, with the answer to QUERY, that is believed."""

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.kernel.errors import NotFound
from motcua.payments.actions.orders import settle_order
from motcua.payments.providers.choice import platform

_LARGEST = 64 * 1024


@csrf_exempt
@require_POST
def callback(request: HttpRequest) -> JsonResponse:
    """`POST /thanh-toan/nen-tang/`: the callback → {MaLoi, MoTaLoi}; called again, it is answered alike."""
    found = platform()
    if found is None:
        return _answer("01", "Không có nền tảng thanh toán.", status=404)
    try:
        message = json.loads(request.body[:_LARGEST])
    except ValueError:
        return _answer("02", "Bản tin không đọc được.", status=400)
    news = found.read_callback(message) if isinstance(message, dict) else None
    if news is None or news.succeeded is None:
        return _answer("03", "Sai mã xác thực.", status=403)
    try:
        settle_order(
            reference=news.reference,
            succeeded=news.succeeded,
            amount=news.amount,
            transaction_number=news.transaction_number,
            at=timezone.now(),
        )
    except NotFound:
        return _answer("04", "Không có giao dịch này.", status=404)
    return _answer("00", "Thành công")


def _answer(code: str, words: str, *, status: int = 200) -> JsonResponse:
    return JsonResponse({"MaLoi": code, "MoTaLoi": words}, status=status)
