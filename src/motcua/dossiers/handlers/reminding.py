"""Who hears that a due moment is near or past: the officer, then the leader, then those who oversee."""

from datetime import datetime

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers import events
from motcua.dossiers.handlers.telling import (
    News,
    dossier_of,
    moment_words,
    tell_officers,
    tell_unit,
    tell_whoever_has_it,
    work_news,
)
from motcua.dossiers.models import Dossier, ReminderRule
from motcua.dossiers.terms import CLOCK_RUNS_IN, ReminderAbout, ReminderTo
from motcua.identity.queries import holders_of
from motcua.processes.rules.wording import after_words


def on_reminded(event: events.DossierReminded, at: datetime) -> None:
    """Tell whom the rule names; nobody when the dossier was finished in the meantime."""
    dossier = dossier_of(event)
    if dossier.status not in CLOCK_RUNS_IN:
        return
    news = _news(dossier, event, at)
    match ReminderTo(event.to):
        case ReminderTo.HOLDER if event.about == ReminderAbout.ANSWER:
            tell_unit(dossier.desk_id, Right.RECEIVE, news, event, at)
        case ReminderTo.HOLDER:
            tell_whoever_has_it(dossier, dossier.unit_id, news, event, at)
        case ReminderTo.LEADER:
            _tell_leaders(dossier, news, event, at)
        case ReminderTo.OVERSEER:
            _tell_overseers(dossier, news, event, at)


def on_timer_rang(event: events.TimerRang, at: datetime) -> None:
    """Tell who works at the step, or who leads there, that the dossier waits; nobody when it has gone on."""
    dossier = dossier_of(event)
    if dossier.step_key != event.step_key or not dossier.is_open:
        return
    timer = next((one for one in dossier.step.timers if one.key == event.timer_key), None)
    waited = after_words(timer.after) if timer else "quá lâu"
    holder = dossier.holder.full_name if dossier.holder else unit_by_id(dossier.unit_id).name
    detail = f"Hồ sơ chờ ở bước «{dossier.step.name}» {waited}. Đang ở: {holder}."
    news = work_news(event, "Chờ quá lâu", dossier, detail)
    if event.to == ReminderTo.LEADER:
        _tell_leaders(dossier, news, event, at)
    else:
        tell_whoever_has_it(dossier, dossier.unit_id, news, event, at)


def _tell_leaders(dossier: Dossier, news: News, event: events.DossierEvent, at: datetime) -> None:
    """The head of the unit that has it; where the unit has none, the head of the agency."""
    heads = holders_of(Right.LEAD_DIVISION, dossier.unit_id, on=at)
    agency_id = unit_by_id(dossier.unit_id).agency_id
    tell_officers([one.pk for one in heads or holders_of(Right.LEAD_AGENCY, agency_id, on=at)], news, event, at)


def _tell_overseers(dossier: Dossier, news: News, event: events.DossierReminded, at: datetime) -> None:
    """Those who oversee the agency or a unit above it, and the head of the agency."""
    found = {one.pk for one in holders_of(Right.LEAD_AGENCY, dossier.agency_id, on=at)}
    for unit_id in unit_by_id(dossier.agency_id).path:
        found |= {one.pk for one in holders_of(Right.OVERSEE, unit_id, on=at)}
    tell_officers(sorted(found), news, event, at)


def _news(dossier: Dossier, event: events.DossierReminded, at: datetime) -> News:
    what = ReminderAbout(event.about).label
    when = moment_words(event.due_at)
    is_late = at > event.due_at
    holder = f"Đang ở: {dossier.holder.full_name if dossier.holder else unit_by_id(dossier.unit_id).name}."
    subject = "Đã quá hạn" if is_late else "Sắp đến hạn"
    advice = ""
    if event.about == ReminderAbout.DUE:
        advice = (
            "Nếu chưa có văn bản xin lỗi, hãy lập ngay và hẹn ngày trả mới."
            if is_late
            else "Nếu không kịp, văn bản xin lỗi và gia hạn phải được ký chậm nhất một ngày trước hạn."
        )
    rule = ReminderRule.objects.get(pk=event.rule_id)
    why = f"Nhắc theo mốc {rule.when}."
    lines = " ".join(part for part in (f"{what}: {when}.", holder, advice, why) if part)
    return work_news(event, subject, dossier, lines)
