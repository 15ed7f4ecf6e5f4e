"""A code whose only draft was thrown away is free again."""

from motcua.dossiers.tests.world import World
from motcua.sites.studio.tests.conftest import NEW, Bench, said, text_of


def test_a_code_without_any_version_may_begin_anew(bench: Bench, world: World) -> None:
    bench.send("bo-ban-thao/")
    typed = {"key": "again", "name": "Tên khác", "code": NEW, "domain": "HT", "level": "commune"}
    assert bench.client.post("/quan-tri/xuong/moi/", typed).status_code == 303
    assert said().name == "Tên khác"
    refused = bench.client.post("/quan-tri/xuong/moi/", typed | {"key": "third", "name": "Lại khác"})
    assert "đã có trong danh mục" in text_of(refused)
