"""The front page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.mark.django_db
def test_a_stranger_finds_the_search_and_the_tracking(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Bạn cần làm giấy tờ gì?" in page
    assert 'action="/thu-tuc/"' in page
    assert 'href="/tra-cuu/"' in page
    assert len(queries) <= 2
