"""Loading the demo, in the order in which it becomes usable."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.project.demo.delegations import delegate
from motcua.project.demo.money import set_accounts
from motcua.project.demo.morning import tell_morning
from motcua.project.demo.offerings import load_catalogue, offer_everywhere
from motcua.project.demo.people import make_people
from motcua.project.demo.pki import make_demo_pki
from motcua.project.demo.post_and_tax import tell_land_dossiers
from motcua.project.demo.story import Story
from motcua.project.demo.together import tell_together
from motcua.project.demo.units import LAND_OFFICE, MAIN_WARD, commune_slugs, make_units

Report = Callable[[str], None]
#: So many dossiers are made before every commune offers everything.
FIRST_DOSSIERS = 100
_STEP = 20


def load(*, at: datetime, dossiers: int, report: Report) -> None:
    """Make what is missing: units, people, catalogue, offerings, then dossiers until there are `dossiers`.

    May be stopped anywhere and called again; what is there stays.
    """
    report("Đang lập tỉnh mẫu: cơ quan, đơn vị…")
    make_units(at=at, report=report)
    report("Đang lập cán bộ và người dân mẫu…")
    make_people(at=at, report=report)
    delegate(at=at)
    report("Đang nạp danh mục thủ tục…")
    load_catalogue(at=at)
    communes = commune_slugs()
    near = [MAIN_WARD, *[slug for slug in communes if slug != MAIN_WARD][:4]]
    set_accounts(at=at)
    report("Đang lập chứng thư số mẫu…")
    make_demo_pki(Path(settings.DATA_DIR), at=at, near=[*near, LAND_OFFICE])
    offer_everywhere(near, at=at)
    _tell(min(dossiers, FIRST_DOSSIERS), near, at, report)
    if dossiers >= FIRST_DOSSIERS:
        tell_together(Story(near, now=at))
        tell_morning(Story(near, now=at))
    tell_land_dossiers(at=at)
    if dossiers > FIRST_DOSSIERS:
        offer_everywhere(communes, at=at)
        make_demo_pki(Path(settings.DATA_DIR), at=at)
        _tell(dossiers, communes, at, report)


def _tell(wanted: int, communes: list[str], at: datetime, report: Report) -> None:
    made = Dossier.objects.count()
    if made >= wanted:
        return
    story = Story(communes, now=at)
    for number in range(made, wanted):
        story.tell(number, recent=number < FIRST_DOSSIERS)
        if (number + 1) % _STEP == 0 or number + 1 == wanted:
            report(f"Hồ sơ mẫu: {number + 1}/{wanted}")
