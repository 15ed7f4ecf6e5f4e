"""A procedure that is only told about: what the source says in words, and no figures that it does not say."""

from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import SYSTEM
from motcua.procedures.actions import import_definition
from motcua.procedures.rules.reading import definition_from

CODE = "1.000777"


def test_the_words_of_the_source_stand_in_for_steps(client: Client, world: World) -> None:
    told = definition_from(
        {
            "code": CODE,
            "name": "Việc chỉ được cung cấp thông tin",
            "domain": {"code": "HT", "name": "Hộ tịch"},
            "level": "ministry",
            "service_level": "information",
            "texts": {"steps": "Bước 1: gửi đơn.\nBước 2: chờ <b>trả lời</b>."},
        }
    )
    assert import_definition(actor=SYSTEM, definition=told, at=MONDAY).result == "taken"
    page = client.get(f"/thu-tuc/{CODE}/").content.decode()
    assert "Trình tự thực hiện" in page
    assert "Bước 2: chờ &lt;b&gt;trả lời&lt;/b&gt;." in page
    assert "đi qua những bước nào" not in page
    assert "Nộp hồ sơ" not in page
