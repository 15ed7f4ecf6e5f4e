"""Đồng ý cho dùng giấy tờ trong kho: by oneself, by a code, by a signature at the counter."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.actions.count_try import count_try
from motcua.identity.models import Account
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.checks import tidy_number
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.results.access import holder_of, represents
from motcua.results.models import Consent, ConsentCode, ConsentEnd
from motcua.results.rules.consenting import (
    CODE_HOLDS,
    CONSENT_HOLDS,
    hash_of,
    is_same,
    new_digits,
    problems_of_consent,
)
from motcua.results.terms import ConsentHow

_MOST_TRIES, _SPAN = 5, timedelta(minutes=15)
_WRONG = Problem(
    "wrong_code",
    "Mã đồng ý không đúng hoặc đã hết hạn. Hãy nhờ người dân lấy mã mới ở trang Kho giấy tờ.",
    "consent_code",
)


@transaction.atomic
def make_code(*, actor: Actor, at: datetime) -> str:
    """Lấy mã đồng ý: six digits to read out at the counter, good once and for a quarter of an hour.

    A code made before ends. Raises NotPermitted for an account nobody vouched for.
    """
    account = holder_of(actor)
    ConsentCode.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    digits = new_digits()
    code = ConsentCode.objects.create(
        account=account,
        code_hash=hash_of(digits, account.pk),
        purpose="Dùng giấy tờ trong kho khi nộp hồ sơ tại quầy",
        made_at=at,
        until=at + CODE_HOLDS,
    )
    record(actor, "consent.code_made", code, at=at, is_new=True)
    return digits


def consent_by_code(*, actor: Actor, personal_id: str, digits: str, purpose: str, at: datetime) -> Consent:
    """Ghi nhận đồng ý bằng mã: the code that the person read out lets this officer take papers from their store.

    Raises NotPermitted for nobody's desk, Invalid for a wrong code, RuleBroken after too many wrong ones.
    """
    _need_desk(actor)
    number, digits = tidy_number(personal_id), tidy_number(digits)
    if problems := problems_of_consent(purpose=clean(purpose), evidence=None, at=at, now=timezone.now()):
        raise Invalid(problems)
    if not count_try({f"results:consent:{number}": _MOST_TRIES}, span=_SPAN, at=at):
        raise RuleBroken(
            Problem("too_many_tries", "Nhập sai mã đồng ý quá nhiều lần; hãy đợi 15 phút.", "consent_code")
        )
    return _use_code(actor, number, digits, clean(purpose), at)


@transaction.atomic
def _use_code(actor: Actor, number: str, digits: str, purpose: str, at: datetime) -> Consent:
    account = Account.objects.filter(kind=AccountKind.CITIZEN, personal_id=number).exclude(identity_level="").first()
    code = None
    if account is not None:
        open_codes = ConsentCode.objects.filter(account=account, used_at__isnull=True, until__gt=at)
        code = open_codes.select_for_update().order_by("-id").first()
    if account is None or code is None or not is_same(code.code_hash, digits, account.pk):
        raise Invalid(_WRONG)
    code.used_at = at
    code.save(update_fields=["used_at"])
    return _give(actor, number, account.full_name, ConsentHow.CODE, purpose, at)


@transaction.atomic
def consent_signed(*, actor: Actor, personal_id: str, name: str, evidence: str, purpose: str, at: datetime) -> Consent:
    """Ghi nhận đồng ý bằng chữ ký: the person signed the consent slip at the counter; its number is kept.

    Raises NotPermitted for nobody's desk, Invalid with every problem.
    """
    _need_desk(actor)
    purpose, evidence = clean(purpose), clean(evidence)
    if problems := problems_of_consent(purpose=purpose, evidence=evidence, at=at, now=timezone.now()):
        raise Invalid(problems)
    return _give(actor, tidy_number(personal_id), clean(name), ConsentHow.SIGNED, purpose, at, evidence)


@transaction.atomic
def consent_online(*, actor: Actor, purpose: str, at: datetime, tax_code: str = "") -> Consent:
    """Đồng ý khi nộp trực tuyến: the citizen chose papers of their own for their dossier, or, with `tax_code`, papers
    of an organisation for which they act.

    Raises NotPermitted for an account nobody vouched for, or that does not act for the organisation.
    """
    account = holder_of(actor)
    if not tax_code:
        return _give(actor, account.personal_id, account.full_name, ConsentHow.ONLINE, clean(purpose), at)
    mine = represents(actor.account_id, at.astimezone(VIET_NAM).date())
    acting = next((one for one in mine if one.tax_code == tax_code), None)
    if acting is None:
        raise NotPermitted(Problem("no_organisation", "Bạn không đại diện cho tổ chức này."))
    name = f"{acting.organisation_name} (đại diện: {account.full_name})"
    return _give(actor, "", name, ConsentHow.ONLINE, clean(purpose), at, tax_code=tax_code)


@transaction.atomic
def end_consent(*, actor: Actor, consent_id: int, at: datetime) -> Consent:
    """Rút sự đồng ý: whoever agreed says no more; nothing is taken by it from now on, a second time changes nothing.

    Raises NotPermitted for an account nobody vouched for, NotFound for the consent of somebody else.
    """
    account, today = holder_of(actor), at.astimezone(VIET_NAM).date()
    mine = Q(holder_id=account.personal_id) | Q(
        holder_tax_code__in=[one.tax_code for one in represents(account.pk, today)]
    )
    found = Consent.objects.select_for_update(of=("self",)).filter(mine, pk=consent_id).first()
    if found is None:
        raise NotFound(Problem("no_consent", "Bạn không có sự đồng ý này."))
    _, is_new = ConsentEnd.objects.get_or_create(consent=found, defaults={"ended_at": at, "ended_by_id": account.pk})
    if is_new:
        record(actor, "consent.ended", found, at=at)
    return found


def _give(
    actor: Actor,
    holder_id: str,
    name: str,
    how: ConsentHow,
    purpose: str,
    at: datetime,
    evidence: str = "",
    tax_code: str = "",
) -> Consent:
    consent = Consent.objects.create(
        holder_id=holder_id,
        holder_tax_code=tax_code,
        holder_name=name,
        how=how,
        purpose=purpose,
        given_at=at,
        until=at + CONSENT_HOLDS,
        recorded_by_id=actor.known_id,
        recorded_by_name=actor.name,
        evidence=evidence,
    )
    record(actor, "consent.given", consent, at=at, data={"how": how, "purpose": purpose}, is_new=True)
    return consent


def _need_desk(actor: Actor) -> None:
    if not actor.has(Right.RECEIVE):
        message = "Chỉ cán bộ tiếp nhận ghi nhận được sự đồng ý của người dân."
        raise NotPermitted(Problem("receivers_only", message))
