"""From a source record to the definition that the catalogue keeps, with a flag for everything that stayed words."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from motcua.importing.national.cases import cases_of, key, short
from motcua.importing.national.components import PaperValue
from motcua.importing.national.parsing import Parsed
from motcua.importing.national.shapes import NationalRecord, provisional_code
from motcua.importing.terms import KIND_LABELS, Remark
from motcua.kernel.text import clean, fold
from motcua.procedures.terms import (
    CODE_PATTERN,
    Applicant,
    Component,
    Definition,
    DomainSpec,
    Flag,
    LegalBasis,
    Level,
    ResultPaper,
    ServiceLevel,
)

_WORDS = 2000
_SUMMARY = 1000
_KEYWORD = 120
_NAME = 4000
_NO_DOMAIN = "Chưa phân lĩnh vực"
_LEVELS = (
    ("cap xa", Level.COMMUNE),
    ("cap huyen", Level.DISTRICT),
    ("cap tinh", Level.PROVINCE),
    ("cap bo", Level.MINISTRY),
)
_LEVEL_BY_AGENCY = (
    (re.compile(r"\b(xa|phuong|thi tran)\b"), Level.COMMUNE),
    (
        re.compile(r"\b(huyen|(?<!co )quan|thi xa|phong (?:tu phap|tai chinh|lao dong|giao duc|noi vu|kinh te))\b"),
        Level.DISTRICT,
    ),
    (re.compile(r"\bso [a-z]|\b(?:cap tinh|tinh|chi cuc|van phong dang ky)\b"), Level.PROVINCE),
    (re.compile(r"\b(bo|cuc|tong cuc|vu|toa an|trung uong|ngan hang nha nuoc)\b"), Level.MINISTRY),
)
_ORGANISATION = re.compile(r"doanh nghiep|to chuc|hop tac xa|co quan|ho kinh doanh")
_CITIZEN = re.compile(r"cong dan|nguoi|ca nhan|can bo|dang vien|ho gia dinh")


def plain_definition(record: NationalRecord, domains: Mapping[str, DomainSpec]) -> Definition:
    """Return a definition that only keeps the record's words: for one that could not be read at all."""
    message = "Không đọc tách được bản ghi này; toàn bộ nội dung được giữ nguyên văn."
    level, _ = level_of(record)
    domain, _ = domain_of(record, domains)
    return Definition(
        code=code_of(record)[0],
        name=record.name[:_NAME],
        domain=domain,
        level=level,
        service_level=ServiceLevel.INFORMATION,
        texts={name: kept for name, text in sorted(record.texts.items()) if (kept := _kept(text))},
        flags=(Flag(field="", code="not_parsed", message=message),),
        sources=(KIND_LABELS[record.kind],),
        unverified=True,
    )


def code_of(record: NationalRecord) -> tuple[str, tuple[Remark, ...]]:
    """Return the code the record is kept under: its own, or a provisional one that its name decides, with a remark."""
    if re.fullmatch(CODE_PATTERN, record.code):
        return record.code, ()
    if record.code:
        message = f"Mã “{record.code[:60]}” không đúng khuôn mã thủ tục quốc gia; tạm dùng mã theo tên."
        return provisional_code(f"{record.code} {record.name}"), (Remark("code", "code_not_national", message),)
    message = "Bản ghi không có mã thủ tục; tạm dùng mã theo tên, cần đối chiếu với danh mục quốc gia."
    return provisional_code(record.name), (Remark("code", "code_missing", message),)


def definition_of(record: NationalRecord, parsed: Parsed, domains: Mapping[str, DomainSpec]) -> Definition:
    """Return the definition of a record; `domains` are those there are, by folded name.

    Never raises for a record with a name: texts too long for a field are cut there and kept whole in `texts`.
    """
    code, code_remarks = code_of(record)
    level, level_remarks = level_of(record)
    domain, domain_remarks = domain_of(record, domains)
    remarks = [*code_remarks, *level_remarks, *domain_remarks, *parsed.remarks]
    cases = cases_of(parsed)
    return Definition(
        code=code,
        name=record.name[:_NAME],
        domain=domain,
        level=level,
        service_level=ServiceLevel.INFORMATION,
        decision=clean(record.texts.get("decision", "")),
        summary=short(_summary(record, parsed), _SUMMARY),
        keywords=tuple(_keywords(record, parsed)),
        applicants=applicants_of(record.texts.get("applicants", "")),
        cases=cases,
        components=tuple(_components(parsed, {one.key for one in cases})),
        results=tuple(
            ResultPaper(name=short(one.name, _WORDS), code=one.code[:_KEYWORD]) for one in parsed.results.results
        ),
        legal_basis=tuple(_legal_basis(parsed)),
        requirements=_kept(record.texts.get("requirements", "")),
        texts={name: kept for name, text in sorted(record.texts.items()) if (kept := _kept(text))},
        flags=tuple(
            Flag(field=one.field, code=one.code, message=one.message[:_WORDS]) for one in dict.fromkeys(remarks)
        ),
        sources=(KIND_LABELS[record.kind],),
        unverified=True,
    )


def _kept(text: str) -> str:
    """Text as the source has it, but for what the database cannot hold; the record itself is kept to the letter."""
    return "".join(char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff").strip()


def level_of(record: NationalRecord) -> tuple[Level, tuple[Remark, ...]]:
    """The tier nearest to the citizen among those named; from the agency's name where the source names none."""
    said = fold(record.texts.get("level", ""))
    named = [level for words, level in _LEVELS if words in said]
    if len(named) > 1:
        message = f"Thực hiện ở nhiều cấp ({clean(record.texts['level'])}); lấy cấp gần người dân nhất."
        return named[0], (Remark("level", "several_levels", message),)
    if named:
        return named[0], ()
    agency = fold(" ".join(record.texts.get(name, "") for name in ("agency", "authority")))
    guessed = next((level for pattern, level in _LEVEL_BY_AGENCY if pattern.search(agency)), Level.PROVINCE)
    message = f"Nguồn không ghi cấp thực hiện; tạm xếp {guessed.label} theo tên cơ quan."
    return guessed, (Remark("level", "level_guessed", message),)


def domain_of(record: NationalRecord, domains: Mapping[str, DomainSpec]) -> tuple[DomainSpec, tuple[Remark, ...]]:
    """The field: the one of that name there is already, else a new one with the source's own code or its initials."""
    name = short(clean(record.texts.get("domain", "")) or _NO_DOMAIN)
    remarks = () if name != _NO_DOMAIN else (Remark("domain", "domain_missing", "Nguồn không ghi lĩnh vực."),)
    if known := domains.get(fold(name)):
        return known, remarks
    taken = {one.code for one in domains.values()}
    return DomainSpec(code=_domain_code(record.domain_code, name, taken), name=name), remarks


def _domain_code(given: str, name: str, taken: set[str]) -> str:
    own = re.sub(r"[^A-Z0-9]", "", given.upper())[:12]
    initials = "".join(word[0] for word in re.findall(r"[a-z0-9]+", fold(name))).upper()[:8]
    digest = hashlib.sha256(fold(name).encode()).hexdigest()[:4].upper()
    candidates = [one for one in (own, initials, f"{initials}{digest}") if len(one) > 1 and one not in taken]
    return candidates[0] if candidates else f"LV{digest}"


def applicants_of(text: str) -> tuple[Applicant, ...]:
    """Who may ask for it; both where the source names nobody."""
    folded = fold(text)
    parts = [part for part in re.split(r"[,;\n]", folded) if part.strip()]
    organisation = any(_ORGANISATION.search(part) for part in parts)
    citizen = any(_CITIZEN.search(part) and not _ORGANISATION.search(part) for part in parts)
    found: list[Applicant] = []
    if citizen or not organisation:
        found.append("citizen")
    if organisation or not citizen:
        found.append("organisation")
    return tuple(found)


def _summary(record: NationalRecord, parsed: Parsed) -> str:
    return record.texts.get("summary", "") or parsed.results.summary


def _keywords(record: NationalRecord, parsed: Parsed) -> Iterator[str]:
    words = record.texts.get("keywords", "") or parsed.results.keywords
    for word in dict.fromkeys(re.split(r"[,;\n]", words)):
        if kept := clean(word)[:_KEYWORD].strip():
            yield kept


def _components(parsed: Parsed, cases: set[str]) -> Iterator[Component]:
    """The papers; what the portal lists among them but is a note about them stays in `texts`."""
    by_group = {group: key(place) for place, group in enumerate(parsed.papers.cases)}
    has_cases = set(by_group.values()) == cases
    papers = [paper for paper in parsed.papers.papers if paper.kind != "remark"]
    for number, paper in enumerate(papers, start=1):
        case = by_group.get(paper.group) if has_cases else None
        yield Component(
            key=f"paper-{number}",
            name=short(paper.name, _WORDS) or f"Giấy tờ {number}",
            originals=paper.originals or 0,
            copies=paper.copies or 0,
            required=not paper.is_optional,
            cases=(case,) if case else (),
            form=short(paper.form, _WORDS),
            note=_note(paper, is_said=case is not None),
            present_only=paper.kind == "present",
        )


def _note(paper: PaperValue, *, is_said: bool) -> str:
    group = "" if is_said else paper.group
    count = "Nguồn không ghi số lượng" if paper.originals is None and paper.copies is None else ""
    return short(". ".join(filter(None, [group, count])), _WORDS)


def _legal_basis(parsed: Parsed) -> Iterator[LegalBasis]:
    for document in parsed.basis.documents:
        facts = [f"ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else "", document.issuer]
        behind = ", ".join(one for one in facts if one and fold(one) not in fold(document.name))
        name = f"{document.name} ({behind})" if behind else document.name
        yield LegalBasis(number=short(document.number, 200) or "Không ghi số", name=short(name, _WORDS))
