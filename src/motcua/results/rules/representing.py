"""What an officer must have seen before a person opens the store of an organisation."""

from datetime import date, timedelta

from motcua.kernel.checks import length_problems, personal_id_problems, required_problems, tax_code_problems
from motcua.kernel.errors import Problem
from motcua.results.terms import RepresentedBy

LONGEST_WORDS = 300
#: An authorisation is seen again after a year at most (ours, from memory of no rule).
LONGEST = timedelta(days=366)


def problems_of_representation(
    *,
    tax_code: str,
    name: str,
    personal_id: str,
    evidence: str,
    as_what: RepresentedBy,
    valid_to: date | None,
    today: date,
) -> list[Problem]:
    """Return everything that is wrong; an authorised person needs a last day, the legal representative none."""
    problems = required_problems(tax_code, label="mã số thuế", field="tax_code")
    problems += tax_code_problems(tax_code)
    problems += required_problems(name, label="tên tổ chức", field="organisation_name")
    problems += length_problems(name, longest=LONGEST_WORDS, label="Tên tổ chức", field="organisation_name")
    problems += required_problems(personal_id, label="số định danh của người đại diện", field="personal_id")
    problems += personal_id_problems(personal_id, field="personal_id")
    problems += required_problems(evidence, label="giấy tờ làm căn cứ", field="evidence")
    problems += length_problems(evidence, longest=LONGEST_WORDS, label="Căn cứ", field="evidence")
    if as_what == RepresentedBy.AUTHORISED and valid_to is None:
        problems.append(Problem("required", "Hãy ghi ngày cuối của giấy ủy quyền.", "valid_to"))
    if valid_to is not None and not today <= valid_to <= today + LONGEST:
        problems.append(Problem("until", "Ngày cuối phải từ hôm nay, nhiều nhất một năm.", "valid_to"))
    return problems
