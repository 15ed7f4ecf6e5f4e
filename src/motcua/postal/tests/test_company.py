"""The post company's system: a real server on loopback speaks its protocol."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from motcua.dossiers.tests.world import MONDAY
from motcua.kernel.errors import RuleBroken
from motcua.postal.actions.cancel import cancel_order
from motcua.postal.actions.carrier import keep_acceptance
from motcua.postal.actions.waybill import give_waybill
from motcua.postal.jobs import send_orders
from motcua.postal.models import PostalOrder
from motcua.postal.providers import Placed, PostUnavailableError
from motcua.postal.providers.by_hand import ByHandProvider
from motcua.postal.providers.choice import provider
from motcua.postal.providers.http import HttpPostProvider
from motcua.postal.terms import CarrierState, Direction
from motcua.postal.tests.world import PostWorld


class _Company(BaseHTTPRequestHandler):
    status = 200
    answer: bytes = b'{"Status": "100", "Message": "OK", "ItemCode": "EE123456789VN"}'
    heard: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.headers.get("Authorization", ""), body))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.answer)))
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def company(settings: Any) -> Iterator[type[_Company]]:
    handler = type("Handler", (_Company,), {"heard": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.POST_PROVIDER = f"http://mot-cua:bi%20mat@127.0.0.1:{server.server_port}/don-hang"
    settings.POST_CUSTOMER = "QN01"
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def test_by_hand_nothing_is_sent(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    assert (order.carrier_state, order.carrier_next_at) == (CarrierState.NONE, None)
    assert isinstance(provider(), ByHandProvider)
    assert send_orders(at=MONDAY) == 0
    from motcua.postal.actions.carrier import outgoing

    assert provider().place(outgoing(order)) == Placed(waybill="")


def test_a_pick_up_and_a_delivery_in_the_company_s_fields(company: type[_Company], world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    assert send_orders(at=MONDAY) == 1
    order.refresh_from_db()
    assert (order.carrier_state, order.carrier_attempts, order.waybill) == ("accepted", 1, "EE123456789VN")
    credentials, said = company.heard[0]
    assert credentials == "Basic " + base64.b64encode(b"mot-cua:bi mat").decode()
    assert {key: said[key] for key in ("CustomerCode", "OrderNumber", "CODAmount", "FlagConfig")} == {
        "CustomerCode": "QN01",
        "OrderNumber": order.dossier.code,
        "CODAmount": 0,
        "FlagConfig": 2,
    }
    assert (said["SenderName"], said["ReceiverName"]) == ("Nguyễn Thị Hoà", world.desk.name)
    assert set(said) == {
        *("CustomerCode", "OrderNumber", "ItemCode", "CODAmount", "SenderProvince", "SenderDistrict"),
        *("SenderAddress", "SenderName", "SenderEmail", "SenderTel", "SenderDesc", "Description", "ReceiverName"),
        *("ReceiverAddress", "ReceiverTel", "ReceiverProvince", "ReceiverDistrict", "ReceiverEmail", "FlagConfig"),
    }
    assert send_orders(at=MONDAY + timedelta(days=1)) == 0


def test_the_result_is_received_by_the_citizen(company: type[_Company], world: PostWorld) -> None:
    company.answer = b'{"Status": true}'
    order = world.order()
    assert send_orders(at=MONDAY) == 1
    _, said = company.heard[0]
    assert (said["SenderName"], said["ReceiverName"]) == (world.desk.name, "Nguyễn Thị Hoà")
    order.refresh_from_db()
    assert (order.carrier_state, order.waybill) == ("accepted", "")


@pytest.mark.parametrize(
    ("status", "answer"),
    [(422, b"{}"), (200, b'{"Status": "0", "Message": "Sai dia chi"}')],
)
def test_a_refused_order_is_not_sent_again(
    company: type[_Company], world: PostWorld, status: int, answer: bytes
) -> None:
    company.status, company.answer = status, answer
    order = world.order(Direction.PICK_UP)
    assert send_orders(at=MONDAY) == 1
    order.refresh_from_db()
    assert (order.carrier_state, order.carrier_next_at) == (CarrierState.REFUSED, None)
    assert order.carrier_error


@pytest.mark.parametrize(("status", "answer"), [(503, b""), (302, b""), (200, b"<html>"), (200, b"[]")])
def test_a_company_in_trouble_is_asked_again_later(
    company: type[_Company], world: PostWorld, status: int, answer: bytes
) -> None:
    company.status, company.answer = status, answer
    order = world.order(Direction.PICK_UP)
    assert send_orders(at=MONDAY) == 1
    order.refresh_from_db()
    assert (order.carrier_state, order.carrier_attempts) == (CarrierState.WAITING, 1)
    assert order.carrier_next_at == MONDAY + timedelta(minutes=2)
    assert send_orders(at=MONDAY) == 0
    company.status, company.answer = 200, _Company.answer
    assert send_orders(at=MONDAY + timedelta(minutes=2)) == 1
    order.refresh_from_db()
    assert (order.carrier_state, order.carrier_error) == (CarrierState.ACCEPTED, "")


def test_nobody_listens(world: PostWorld) -> None:
    from motcua.postal.actions.carrier import outgoing

    order = world.order(Direction.PICK_UP)
    with pytest.raises(PostUnavailableError):
        HttpPostProvider("http://127.0.0.1:9/").place(outgoing(order))


def test_a_waybill_of_the_company_never_overwrites_and_may_be_wrong(company: type[_Company], world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    give_waybill(actor=world.postman, order_id=order.pk, waybill="BYHAND01", at=MONDAY)
    assert send_orders(at=MONDAY) == 1
    assert PostalOrder.objects.get(pk=order.pk).waybill == "BYHAND01"
    other = PostalOrder.objects.get(pk=order.pk)
    other.waybill = ""
    other.save()
    kept = keep_acceptance(order_id=order.pk, placed=Placed(waybill="!"), at=MONDAY)
    assert "Mã vận đơn" in kept.carrier_error


def test_a_cancelled_order_is_not_sent(company: type[_Company], world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    cancel_order(actor=world.clerk, order_id=order.pk, reason="Thôi", at=MONDAY)
    assert send_orders(at=MONDAY + timedelta(hours=1)) == 0
    assert company.heard == []
    with pytest.raises(RuleBroken):
        cancel_order(actor=world.clerk, order_id=order.pk, reason="Thôi", at=MONDAY)
