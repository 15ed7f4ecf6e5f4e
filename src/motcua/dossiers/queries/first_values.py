"""What the house knows already of somebody, for the first values of an e-form."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, FormAnswers
from motcua.dossiers.providers.business import business_register
from motcua.forms.rules.answers import from_json
from motcua.forms.terms import Form
from motcua.identity.models import Account

Source = Mapping[str, object]
_LATEST: Final = 20


def sources_for(form: Form, account: Account, *, at: datetime) -> dict[str, Source]:
    """Return the sources that the form asks for, by the names of `forms.rules.prefill`.

    Only what is the account's own: its data, dossiers and results of which it is the owner, the business of its tax
    code. A source with nothing is left out; one that the form does not name is not asked.
    """
    wanted = {_source_of(path) for field in form.fields() for path in field.prefill}
    found: dict[str, Source | None] = {}
    if "account" in wanted:
        found["account"] = _account(account, at)
    if "business" in wanted:
        found["business"] = _business(account, at)
    for name in sorted(wanted):
        kind, _, code = name.partition(":")
        if kind == "dossier":
            found[name] = _former_dossier(account, code)
        elif kind == "result":
            found[name] = _issued_result(account, code)
    return {name: source for name, source in found.items() if source}


def _source_of(path: str) -> str:
    """The source of a path: "account", "dossier:1.001193", "result:KQ.G15.000031"; the code ends before the field."""
    kind, colon, rest = path.partition(":")
    if not colon:
        return path.partition(".")[0]
    code = rest.split(".")
    while len(code) > 1 and code[-1][:1].islower():
        code.pop()
    return f"{kind}:{'.'.join(code)}"


def _account(account: Account, at: datetime) -> Source:
    return {
        "full_name": account.full_name,
        "name": account.full_name,
        "personal_id": account.personal_id,
        "born": account.born,
        "phone": account.phone,
        "email": account.email,
        "address": account.address,
        "tax_code": account.tax_code,
        "organisation_name": account.organisation_name,
        "@by": account.full_name,
        "@at": at.isoformat(),
    }


def _business(account: Account, at: datetime) -> Source | None:
    register = business_register() if account.tax_code else None
    row = register.find(account.tax_code) if register else None
    return {**row, "@by": "Đăng ký kinh doanh", "@at": at.isoformat(), "@ref": account.tax_code} if row else None


def _former_dossier(account: Account, code: str) -> Source | None:
    """The answers of the last dossier of that procedure."""
    found = FormAnswers.objects.filter(dossier__owner__account_id=account.pk, dossier__procedure__code=code)
    answers = found.select_related("dossier").order_by("-dossier_id").first()
    return _of_dossier(answers.dossier, answers) if answers else None


def _issued_result(account: Account, code: str) -> Source | None:
    """The last sealed result of that code: its number and date, and the answers it was issued upon."""
    found = Dossier.objects.filter(
        owner__account_id=account.pk, result__sealed_at__isnull=False, result__is_negative=False
    )
    for dossier in found.select_related("result", "answers").order_by("-id")[:_LATEST]:
        if any(one.code == code for one in dossier.definition.results):
            result = dossier.result
            said = {
                "name": result.name,
                "number": result.number,
                "symbol": result.symbol,
                "issued_on": result.issued_on,
                "signer": result.signer_name,
            }
            source = {**said, **_of_dossier(dossier, getattr(dossier, "answers", None))}
            return {**source, "@at": _moment(result.sealed_at), "@ref": str(result) or dossier.code}
    return None


def _of_dossier(dossier: Dossier, answers: FormAnswers | None) -> Source:
    form = dossier.definition.form
    values = from_json(form, answers.values) if form and answers else {}
    return {**values, "@at": _moment(dossier.submitted_at), "@ref": dossier.code}


def _moment(at: datetime | None) -> str:
    return at.astimezone(VIET_NAM).isoformat() if at else ""


def notes_of(form: Form, marks: Mapping[str, Mapping[str, str]], keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return in words where answers come from that nobody typed: label of the question and its source."""
    found = []
    for key in keys:
        words = source_words(marks.get(key, {}))
        field = form.field(key)
        if words and field is not None:
            found.append((field.label, words))
    return found


def source_words(mark: Mapping[str, str]) -> str:
    """Return where an answer comes from in words; "" for what was typed."""
    ref = mark.get("ref", "")
    words = {
        "account": "tài khoản của người nộp",
        "dossier": f"hồ sơ {ref}",
        "result": f"kết quả đã cấp {ref}",
        "business": f"đăng ký kinh doanh, mã số thuế {ref}",
        "computed": "hệ thống tính",
        "imported": "dữ liệu nhập vào",
        "clerk": f"{mark.get('by', '')} nhập",
    }
    return words.get(mark.get("source", ""), "").strip()
