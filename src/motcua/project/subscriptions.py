"""Which handlers hear of which event: the one map."""

from motcua.deadlines.events import CalendarChanged
from motcua.dossiers import events, succession
from motcua.dossiers.handlers import calendar, progress, reminding
from motcua.identity import events as identity
from motcua.journal.actions.deliver import subscribe
from motcua.notifications import handlers as account_news
from motcua.postal import events as postal_events
from motcua.postal import handlers as postal


def wire() -> None:
    """Let every handler hear of its event; called once when Django is ready, safe to call again."""
    subscribe(events.DossierSubmitted, progress.on_submitted)
    subscribe(events.DossierReceived, progress.on_received)
    subscribe(events.DossierRefused, progress.on_refused)
    subscribe(events.SupplementRequested, progress.on_supplement_requested)
    subscribe(events.DossierSupplemented, progress.on_supplemented)
    subscribe(events.DossierAssigned, progress.on_assigned)
    subscribe(events.WorkHandedOver, progress.on_handed_over)
    subscribe(events.DossierForwarded, progress.on_forwarded)
    subscribe(events.DossierAppraised, progress.on_appraised)
    subscribe(events.DossierSentBack, progress.on_sent_back)
    subscribe(events.DossierApproved, progress.on_approved)
    subscribe(events.DossierRejected, progress.on_rejected)
    subscribe(events.ResultSealed, progress.on_result_sealed)
    subscribe(events.ResultDelivered, progress.on_result_delivered)
    subscribe(events.DossierWithdrawn, progress.on_withdrawn)
    subscribe(events.DossierCorrected, progress.on_corrected)
    subscribe(identity.PostEnded, succession.on_post_ended)
    subscribe(identity.OfficerDeactivated, succession.on_officer_deactivated)
    subscribe(CalendarChanged, calendar.on_calendar_changed)
    subscribe(events.DueRecomputed, calendar.on_due_recomputed)
    subscribe(events.DossierReminded, reminding.on_reminded)
    subscribe(identity.SecondFactorChanged, account_news.on_second_factor_changed)
    for ready in (events.ResultSealed, events.DossierApproved, events.DossierRejected):
        subscribe(ready, postal.on_result_ready)
    for over in (events.ResultDelivered, events.DossierWithdrawn):
        subscribe(over, postal.on_dossier_over)
    subscribe(postal_events.PostalOrderRegistered, postal.on_registered)
    subscribe(postal_events.PostalOrderMoved, postal.on_moved)
    subscribe(postal_events.WaybillGiven, postal.on_waybill_given)
