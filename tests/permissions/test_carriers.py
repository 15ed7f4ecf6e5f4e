"""The post clerk and the tax officer: their own pages and nobody else's, and no dossier by its code."""

from motcua.agencies.terms import Right
from motcua.project.permissions import TABLE, Audience
from tests.permissions.stage import Stage
from tests.permissions.test_table import PATTERNS, _address, _Caller, rows

#: Pages of the post that are the desk's: its own list, and the sheet on which it gives to the post.
OF_THE_DESK = {"post:desk", "post:sheet_make"}
NOTHING = {"403", "404"}


def test_each_has_a_site_of_their_own(stage: Stage) -> None:
    world = stage.world
    assert stage.roles  # all of the ward is there
    office = world._unit("Bưu điện phường Hồng Gai", "post_office", world.province)
    tax_office = world._unit("Thuế cơ sở 1", "tax", world.province, agency_code="G12.22")
    postman = _Caller(world.officer("buu-dien", office, "Nhân viên bưu chính", Right.POST_OFFICE), is_program=False)
    taxman = _Caller(world.officer("thue", tax_office, "Công chức thuế", Right.HANDLE), is_program=False)
    wrong = []
    for method, name, _codes in rows():
        site = name.rpartition(":")[0]
        if site in {"post", "tax", "desk", "backoffice", "audit"}:
            path = _address(stage, name)
            found = postman.code(method, path, ""), taxman.code(method, path, "")
            if not _fits(site, name, *found):
                wrong.append(f"{name}: {found}")
    assert wrong == []


def _fits(site: str, name: str, postman: str, taxman: str) -> bool:
    """Whether the codes of post clerk and tax officer are right at an address of that site."""
    if site == "post":
        receipt = name == "post:receipt"  # anybody's who paid; theirs is none
        return (postman == "403") == (name in OF_THE_DESK) and taxman == ("404" if receipt else "403")
    if site == "tax":
        return postman == "403" and taxman != "403"
    if site == "desk":
        is_closed = postman == "403" or TABLE[name] == Audience.OFFICER
        return is_closed and ("code" not in PATTERNS[name].pattern.converters or taxman in NOTHING)
    return (postman, taxman) == ("403", "403")
