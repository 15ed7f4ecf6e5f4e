"""The grounds of a draft, cited in the order of official papers (Nghị định 30/2020/NĐ-CP)."""

import pytest

from motcua.sites.desk.drafting import ground_text


@pytest.mark.parametrize(
    ("name", "number", "wanted"),
    [
        ("Luật Hộ tịch", "60/2014/QH13", "Căn cứ Luật Hộ tịch số 60/2014/QH13;"),
        (
            "Nghị định quy định chi tiết Luật Hộ tịch",
            "123/2015/NĐ-CP",
            "Căn cứ Nghị định số 123/2015/NĐ-CP quy định chi tiết Luật Hộ tịch;",
        ),
        (
            "Thông tư liên tịch về khai sinh",
            "05/2015/TTLT-BTP-BCA-BYT",
            "Căn cứ Thông tư liên tịch số 05/2015/TTLT-BTP-BCA-BYT về khai sinh;",
        ),
        ("Nghị định 118 về một cửa", "118/2025/NĐ-CP", "Căn cứ Nghị định 118 về một cửa số 118/2025/NĐ-CP;"),
    ],
)
def test_the_number_stands_where_it_belongs(name: str, number: str, wanted: str) -> None:
    assert ground_text(name, number) == wanted
