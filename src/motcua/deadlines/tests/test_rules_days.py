"""What may be declared of a day."""

from datetime import date

from motcua.deadlines.rules.days import day_problems


def test_every_problem_is_told() -> None:
    assert day_problems(date(2026, 3, 2), name="Hội làng", decision_no="") == []
    problems = day_problems(date(1, 1, 1), name="", decision_no="x" * 121)
    assert [(problem.code, problem.field) for problem in problems] == [
        ("calendar_name_missing", "name"),
        ("calendar_text_too_long", "decision_no"),
        ("calendar_year", "date"),
    ]
