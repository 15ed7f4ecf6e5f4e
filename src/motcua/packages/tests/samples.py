"""A small package that is right, for tests to break."""

from motcua.packages.rules.files import definition_from_files
from motcua.procedures.terms import Definition

PROCEDURE = """\
format: 1
code: 1.001193
name: Đăng ký khai sinh
domain: {code: HT, name: Hộ tịch}
level: commune
service_level: full
summary: Làm giấy khai sinh cho con.
keywords: [giấy khai sinh]
cases:
  - key: default
    name: Trong 60 ngày
    terms:
      any: {unit: same_day}
      online: {amount: 5, unit: working_day}
    fees:
      - {name: Lệ phí, kind: charge, amount: 0}
  - key: late
    name: Quá 60 ngày
    terms:
      any: {amount: 3, unit: working_day}
    fees:
      - {name: Lệ phí, kind: charge, amount: 5000}
components:
  - {key: to-khai, name: Tờ khai, originals: 1}
  - {key: giay-chung-sinh, name: Giấy chứng sinh, originals: 1, cases: [default]}
results:
  - {code: KQ.G15.000031, name: Giấy khai sinh}
legal_basis:
  - {number: 60/2014/QH13, name: Luật Hộ tịch}
"""
FORM = """\
title: Tờ khai đăng ký khai sinh
pages:
  - key: tre
    title: Trẻ được khai sinh
    fields:
      - {key: child_name, kind: name, label: Họ tên trẻ, required: true}
      - {key: born, kind: date, label: Ngày sinh, required: true}
      - {key: twins, kind: yes_no, label: Là trẻ sinh đôi}
      - {key: order, kind: number, label: Sinh thứ mấy, when: twins, minimum: 1, maximum: 9}
      - {key: days, kind: computed, label: Số ngày tuổi, value: "days(born, today)"}
      - {key: paper, kind: file, label: Ảnh giấy chứng sinh, component: giay-chung-sinh}
checks:
  - {key: born-before, holds: born <= today, message: Ngày sinh không được ở tương lai., field: born}
"""
PROCESS = """\
steps:
  - {key: receive, name: Tiếp nhận, right: receive, at: desk, term: {amount: 1, unit: day}, forward: [appraise]}
  - key: appraise
    name: Thẩm tra
    right: handle
    at: handling
    term: {amount: 4, unit: working_hour}
    forward:
      - {to: approve}
      - {to: urgent, when: form.twins, label: Ký ngay}
    back: [receive]
  - {key: approve, name: Ký, right: lead_agency, at: agency, forward: [deliver], back: [appraise]}
  - {key: urgent, name: Ký ngay, right: lead_agency, at: agency, forward: [deliver], back: [appraise]}
  - {key: deliver, name: Trả kết quả, right: receive, at: desk}
"""
PAPER = """\
key: giay-khai-sinh
name: Giấy khai sinh
kind: result
title: GIẤY KHAI SINH
step: appraise
blocks:
  - {kind: text, text: "Họ tên: {child_name}"}
  - {kind: fields, keys: [born]}
"""
TEST = """\
key: dung-han
name: Đăng ký đúng hạn
case: default
at: 2026-03-02T08:30
form: {child_name: Nguyễn Văn An, born: 2026-02-20}
expect:
  problems: []
  values: {days: 10}
  not_asked: [order]
  fees: 0
  due: 2026-03-02T17:00
  components: [to-khai, giay-chung-sinh]
  path: [receive, appraise, approve, deliver]
  papers: {giay-khai-sinh: [NGUYỄN VĂN AN]}
"""
TEXT = "Cha hoặc mẹ nộp tờ khai.\n\nCông chức kiểm tra ngay.\n"


def sample_files() -> dict[str, bytes]:
    """The files of the sample."""
    texts = {
        "procedure.yaml": PROCEDURE,
        "form.yaml": FORM,
        "process.yaml": PROCESS,
        "papers/giay-khai-sinh.yaml": PAPER,
        "tests/dung-han.yaml": TEST,
        "texts/trinh-tu.txt": TEXT,
    }
    return {name: text.encode() for name, text in texts.items()}


def sample() -> Definition:
    """What the sample says."""
    return definition_from_files(sample_files())


def with_change(name: str, old: str, new: str) -> dict[str, bytes]:
    """The files of the sample with words of one of them replaced."""
    files = sample_files()
    text = files[name].decode()
    assert old in text
    files[name] = text.replace(old, new, 1).encode()
    return files
