"""The page of last resort: in words, in the house's own clothes, without the database."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from motcua.project.web.problems import server_error


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [(OperationalError(), 503, "Tạm thời gián đoạn"), (KeyError(), 500, "Lỗi hệ thống")],
)
def test_it_says_what_to_do_and_leads_on(error: Exception, status: int, title: str) -> None:
    try:
        raise error
    except (OperationalError, KeyError):
        answer = server_error(RequestFactory().get("/mot-cua/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert "Thông tin bạn đã lưu không bị mất" in page
    assert '<a class="btn" href="">Mở lại trang này</a>' in page
