"""`python -m benchmarks.catalogue [--rows 1000 10000]`: searching a large catalogue without diacritics.

Names are put together at random from the words of procedures, so that many share most of their words. The table shows,
for each size, PostgreSQL's own time of the search's statements (EXPLAIN ANALYZE, medians) and the queries of the page.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from benchmarks import machine
from benchmarks.ground import ground

_VERBS = (
    "Cấp",
    "Cấp lại",
    "Cấp đổi",
    "Gia hạn",
    "Điều chỉnh",
    "Thu hồi",
    "Đăng ký",
    "Công nhận",
    "Thẩm định",
    "Xác nhận",
)
_THINGS = (
    "giấy phép", "giấy chứng nhận đủ điều kiện", "chứng chỉ hành nghề", "quyết định chủ trương", "phương án", "hồ sơ",
    "giấy khai sinh", "thẻ bảo hiểm", "quyền sử dụng đất", "kế hoạch bảo vệ môi trường", "văn bằng", "hợp đồng",
)  # fmt: skip
_DEEDS = (
    "kinh doanh", "khai thác", "vận chuyển", "xây dựng", "nhập khẩu", "sản xuất", "lắp đặt", "hoạt động", "sử dụng",
    "chuyển nhượng", "cho thuê", "khám bệnh, chữa bệnh", "đào tạo", "biểu diễn", "nuôi trồng", "chế biến",
)  # fmt: skip
_OBJECTS = (
    "khoáng sản", "thuốc bảo vệ thực vật", "xăng dầu", "nhà ở riêng lẻ", "giống cây trồng", "tàu cá",
    "trang thiết bị y tế", "công trình thủy lợi", "đất nông nghiệp", "nước dưới đất", "hộ kinh doanh",
    "lao động nước ngoài", "di sản văn hóa",
)  # fmt: skip
_WHERE = (
    "tại cấp tỉnh",
    "tại cấp xã",
    "đối với tổ chức",
    "đối với cá nhân",
    "có yếu tố nước ngoài",
    "trên địa bàn tỉnh",
)
_ASKED = (
    "giay khai sinh", "cap lai giay phep kinh doanh xang dau", "dat nong nghiep", "chung chi hanh nghe kham benh",
    "gia han khai thac khoang san", "ho kinh doanh", "giay phep xay dung nha o", "thue bao hiem xa hoi khong co",
    "giáy phep xay dnug", "1.0012",
)  # fmt: skip
_ROUNDS = 7


def main() -> None:
    """Fill a catalogue to each size in turn and search it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000])
    sizes = sorted(parser.parse_args().rows)
    print(machine.description())
    with ground(durable=False):
        found = {size: _measured(size) for size in sizes}
    print("| asked | " + " | ".join(f"ms at {size:,}" for size in sizes) + " |")
    print("|---|" + "---|" * len(sizes))
    for asked in found[sizes[0]]:
        print(f"| {asked} | " + " | ".join(f"{found[size][asked]:.2f}" for size in sizes) + " |")


def _measured(size: int) -> dict[str, float]:
    from django.db import connection

    fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    times = {asked: search_ms(asked) for asked in _ASKED}
    times["(the page of the list: queries)"] = float(page_queries("/thu-tuc/"))
    times["(the page of a search: queries)"] = float(page_queries("/thu-tuc/?q=dat+nong+nghiep"))
    return times


def fill(size: int) -> None:
    """Write procedures that hold today until there are `size`."""
    from motcua.procedures.models import Domain, Procedure, ProcedureVersion

    named = [Domain(code=f"LV{n}", name=f"Lĩnh vực {n}") for n in range(40)]
    Domain.objects.bulk_create(named, ignore_conflicts=True)
    domains = list(Domain.objects.filter(code__in=[one.code for one in named]).order_by("code"))
    numbers = range(Procedure.objects.count(), size)
    definitions = list(_definitions(numbers, [(domain.code, domain.name) for domain in domains]))
    by_code = {domain.code: domain for domain in domains}
    procedures = Procedure.objects.bulk_create(
        [
            Procedure(code=one.code, name=one.name, domain=by_code[one.domain.code], level=one.level, is_listed=True)
            for one in definitions
        ],
        batch_size=1000,
    )
    pairs = zip(procedures, definitions, strict=True)
    ProcedureVersion.objects.bulk_create([_version(*pair) for pair in pairs], batch_size=500)


def _definitions(numbers: range, domains: Sequence[tuple[str, str]]) -> Iterator[Any]:
    from motcua.procedures.rules.reading import definition_from

    dice = Random(numbers.start)
    for number in numbers:
        code, name = dice.choice(domains)
        words = [dice.choice(part) for part in (_VERBS, _THINGS, _DEEDS, _OBJECTS, _WHERE)]
        yield definition_from(
            {
                "code": f"{1 + number % 3}.{number:06d}",
                "name": " ".join(words),
                "domain": {"code": code, "name": name},
                "level": "commune" if number % 3 else "province",
                "service_level": "information",
                "summary": f"{words[0]} {words[1]} theo đề nghị của người dân, doanh nghiệp.",
                "keywords": [words[1], f"{words[2]} {words[3]}"],
            }
        )


def _version(procedure: Any, definition: Any) -> Any:
    from motcua.procedures.models import ProcedureVersion
    from motcua.procedures.rules.language import search_text_of

    text, now = search_text_of(definition), datetime(2026, 1, 2, tzinfo=UTC)
    return ProcedureVersion(
        procedure=procedure,
        number=1,
        definition=definition.as_json(),
        valid_from=date(2026, 1, 2),
        published_at=now,
        created_at=now,
        name_fold=text.name,
        keywords_fold=text.keywords,
        summary_fold=text.summary,
    )


def search_ms(asked: str) -> float:
    """Return PostgreSQL's milliseconds for one search, planning included: the median of some rounds."""
    from django.db import connection

    from motcua.procedures.queries import search

    at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    explained: list[float] = []

    def explain(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            (plan,) = cursor.fetchone()
            (one,) = plan if isinstance(plan, list) else json.loads(plan)
            explained.append(one["Planning Time"] + one["Execution Time"])
        return execute(sql, params, many, context)

    times = []
    for _ in range(_ROUNDS):
        explained.clear()
        with connection.execute_wrapper(explain):
            search(asked, at=at)
        times.append(sum(explained))
    return statistics.median(times)


def page_queries(url: str) -> int:
    """Return how many queries the page of that address takes, once everything kept is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        if (status := client.get(url).status_code) != 200:
            raise RuntimeError(f"{url} answered {status}")
    return len(queries)


if __name__ == "__main__":
    main()
