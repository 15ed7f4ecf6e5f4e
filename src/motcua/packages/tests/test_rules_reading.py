"""A broken package is refused whole: every fault of every file, by file and line."""

import pytest

from motcua.kernel.errors import Invalid
from motcua.packages.rules.files import definition_from_files
from motcua.packages.rules.reading import read_package
from motcua.packages.terms import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES
from motcua.packages.tests.samples import FORM, PROCEDURE, sample, sample_files, with_change


def _faults(files: dict[str, bytes]) -> list[tuple[str, str]]:
    read = read_package(files)
    assert (read.definition is None) == bool(read.problems)
    return [(problem.field, problem.code) for problem in read.problems]


def test_what_people_write_is_read_as_they_meant_it() -> None:
    definition = sample()
    assert definition.code == "1.001193"  # not quoted, and still a text
    assert definition.texts == {"trinh-tu": "Cha hoặc mẹ nộp tờ khai.\n\nCông chức kiểm tra ngay."}
    assert definition.tests[0].form == {"child_name": "Nguyễn Văn An", "born": "2026-02-20"}
    assert definition.tests[0].expect.values == {"days": 10}
    assert definition.steps[0].forward_keys == ("appraise",)


def test_what_is_left_empty_is_nothing() -> None:
    files = with_change("procedure.yaml", "keywords: [giấy khai sinh]", "keywords:\ndecision:\nreviewed_on:")
    definition = definition_from_files(files)
    assert (definition.keywords, definition.decision, definition.reviewed_on) == ((), "", None)


def test_every_fault_of_every_file_is_told_at_once() -> None:
    files = with_change("procedure.yaml", "level: commune", "level: xã\nlevle: commune")
    files["form.yaml"] = FORM.replace("kind: name", "kind: nam").replace("title: Trẻ", "titel: Trẻ").encode()
    files["process.yaml"] += b"  - {key: more, name: More, right: boss, at: desk}\n"
    files["tests/dung-han.yaml"] += b"expct: {}\n"
    files["notes.docx"] = b"x"
    assert _faults(files) == [
        ("form.yaml:3", "missing"),
        ("form.yaml:4", "extra_forbidden"),
        ("form.yaml:6", "literal_error"),
        ("notes.docx:1", "unknown_file"),
        ("procedure.yaml:5", "enum"),
        ("procedure.yaml:6", "extra_forbidden"),
        ("process.yaml:15", "literal_error"),
        ("tests/dung-han.yaml:15", "extra_forbidden"),
    ]


def test_the_interface_raises_the_same_faults() -> None:
    with pytest.raises(Invalid) as refused:
        definition_from_files(with_change("procedure.yaml", "amount: 5000", "amount: năm nghìn"))
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("procedure.yaml:22", "int_parsing")
    assert "năm nghìn" in problem.message


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("name: Tên khác\n", "duplicate_key"),
        ("decision: &a x\n", "anchor"),
        ("requirements: *a\n", "alias"),
        ("decision: !!python/object:os.system x\n", "tag"),
        ("decision: !x y\n", "tag"),
        ("? [a, b]\n: c\n", "key_no_text"),
        ("<<: {a: b}\n", "merge"),
        ("---\na: b\n", "several_documents"),
        ("texts:\n\ta: b\n", "tab"),
        ('decision: "mở\n', "syntax"),
        ("decision: a: b\n", "syntax"),
        ("decision: \x07\n", "syntax"),
        ("decision: " + "[" * 60 + "]" * 60 + "\n", "too_deep"),
        ("form: {title: Tờ khai}\n", "part_twice"),
        ("steps: []\n", "part_twice"),
        ("papers: []\n", "part_twice"),
        ("tests: []\n", "part_twice"),
        ("texts: {trinh-tu: khác}\n", "part_twice"),
    ],
)
def test_what_no_package_may_hold(added: str, code: str) -> None:
    files = sample_files()
    files["procedure.yaml"] += added.encode()
    assert code in [found for _, found in _faults(files)]


def test_references_that_would_grow_are_never_followed() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(200))
    faults = _faults({"procedure.yaml": (PROCEDURE + bomb).encode()})
    assert ("procedure.yaml:33", "alias") in faults


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("format: 1\nname: Hộ".encode("utf-16"), "procedure.yaml:1"),
        (b"format: 1\nname: Ho\xe4\xb5", "procedure.yaml:2"),
    ],
)
def test_other_encodings_are_told(data: bytes, place: str) -> None:
    assert (place, "encoding") in _faults({**sample_files(), "procedure.yaml": data})


def test_a_byte_order_mark_and_windows_lines_do_no_harm() -> None:
    files = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in sample_files().items()}
    definition = definition_from_files(files)
    assert definition.model_copy(update={"texts": sample().texts}) == sample()


def test_too_much_is_told() -> None:
    assert _faults({**sample_files(), "texts/long.txt": b"a" * (LARGEST_FILE + 1)}) == [
        ("texts/long.txt:1", "file_too_large")
    ]
    assert _faults({f"texts/t{n}.txt": b"" for n in range(MOST_FILES + 1)}) == [("", "too_many_files")]
    assert _faults({"texts/a.txt": b"a" * (LARGEST_PACKAGE + 1)}) == [("", "package_too_large")]


def test_a_package_needs_its_first_file_and_its_format() -> None:
    without = sample_files()
    del without["procedure.yaml"]
    assert ("procedure.yaml", "no_procedure_file") in _faults(without)
    assert _faults(with_change("procedure.yaml", "format: 1\n", "")) == [("procedure.yaml:1", "no_format")]
    assert _faults(with_change("procedure.yaml", "format: 1", "format: 2")) == [("procedure.yaml:1", "other_format")]


@pytest.mark.parametrize("name", ["form.yml", "paper/a.yaml", "papers/a.txt", "papers/Giấy.yaml", "a/b/c.yaml"])
def test_files_that_belong_to_no_package_are_told(name: str) -> None:
    assert _faults({**sample_files(), name: b""}) == [(f"{name}:1", "unknown_file")]


@pytest.mark.parametrize("name", [".git/config", "README.md", "__MACOSX/._form.yaml", "papers/.DS_Store", "Thumbs.db"])
def test_what_programs_leave_behind_is_passed_over(name: str) -> None:
    assert definition_from_files({**sample_files(), name: b"\xff"}) == sample()


@pytest.mark.parametrize("data", [b"- a\n- b\n", b"words", b"5", b"true"])
def test_a_file_must_be_a_mapping(data: bytes) -> None:
    assert ("form.yaml:1", "no_mapping") in _faults({**sample_files(), "form.yaml": data})


def test_a_chain_stands_for_its_steps() -> None:
    files = {**sample_files(), "process.yaml": b"chain: desk\n"}
    assert len(definition_from_files(files).steps) == 5
    assert _faults({**files, "process.yaml": b"chain: [x]\n"}) == [("process.yaml:1", "unknown_chain")]
    broken = with_change("procedure.yaml", "unit: same_day", "unit: ngày")
    assert ("procedure.yaml:13", "literal_error") in _faults({**broken, "process.yaml": b"\nchain: none\n"})


def test_one_file_may_hold_everything() -> None:
    lone = PROCEDURE.removeprefix("format: 1\n") + "chain: desk\nform: {title: Tờ khai}\ntests: [{key: a, name: A}]\n"
    read = read_package({"procedure.yaml": lone.encode()}, lone=True)
    assert read.problems == ()
    assert read.definition is not None
    assert (len(read.definition.steps), len(read.definition.tests)) == (5, 1)
