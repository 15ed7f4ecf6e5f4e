"""Which handlers hear of which event: the one map."""

from motcua.agencies.events import UnitClosed, WorkingHoursChanged
from motcua.certification import handlers as certification
from motcua.deadlines.events import CalendarChanged
from motcua.dossiers import events, events_clock, events_money, succession
from motcua.dossiers import events_exchange as between
from motcua.dossiers.actions.watch_files import watch_files
from motcua.dossiers.handlers import calendar, clock, exchange, money, parts, progress, reminding
from motcua.dossiers.queries.attesting import check_dossiers, row_words, tell_rows, untold
from motcua.evidence import handlers as evidence
from motcua.evidence.events import EvidenceAlarmed
from motcua.evidence.queries.beside import Beside, compare_too
from motcua.identity import events as identity
from motcua.journal.actions.deliver import subscribe
from motcua.land import events as land_events
from motcua.land import handlers as land
from motcua.notifications import handlers as account_news
from motcua.payments import events as payments
from motcua.postal import events as postal_events
from motcua.postal import handlers as postal
from motcua.results import handlers as results
from motcua.results.actions.look import look_at_reused
from motcua.results.events import PaperRevoked
from motcua.scanning.events import PaperDigitised
from motcua.signing.events import PaperArchived
from motcua.signing.handlers import on_paper_awaits_completion
from motcua.trust.events import PaperAwaitsCompletion


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
    subscribe(events.DossierApproved, certification.on_approved)
    subscribe(events.DossierRejected, progress.on_rejected)
    subscribe(events.ResultSealed, progress.on_result_sealed)
    subscribe(events.ResultDelivered, progress.on_result_delivered)
    subscribe(events.DossierWithdrawn, progress.on_withdrawn)
    subscribe(events.DossierCorrected, progress.on_corrected)
    _wire_clock()
    _wire_exchange()
    _wire_land_and_signing()
    _wire_results()
    subscribe(events_money.PaymentRequested, money.on_payment_requested)
    subscribe(payments.PaymentBooked, money.on_payment_booked)
    subscribe(payments.PaymentFlagged, money.on_payment_flagged)
    subscribe(identity.PostEnded, succession.on_post_ended)
    subscribe(identity.OfficerDeactivated, succession.on_officer_deactivated)
    subscribe(CalendarChanged, calendar.on_calendar_changed)
    subscribe(WorkingHoursChanged, calendar.on_working_hours_changed)
    subscribe(events.DueRecomputed, calendar.on_due_recomputed)
    subscribe(events.DossierReminded, reminding.on_reminded)
    subscribe(identity.DelegationGranted, account_news.on_delegation_granted)
    subscribe(identity.DelegationRevoked, account_news.on_delegation_revoked)
    subscribe(identity.SecondFactorChanged, account_news.on_second_factor_changed)
    for ready in (events.ResultSealed, events.DossierApproved, events.DossierRejected):
        subscribe(ready, postal.on_result_ready)
    for over in (events.ResultDelivered, events.DossierWithdrawn):
        subscribe(over, postal.on_dossier_over)
    subscribe(postal_events.PostalOrderRegistered, postal.on_registered)
    subscribe(postal_events.PostalOrderMoved, postal.on_moved)
    subscribe(postal_events.WaybillGiven, postal.on_waybill_given)


def _wire_exchange() -> None:
    """What units do together: opinions, handing over, parts, corrections."""
    subscribe(between.OpinionAsked, exchange.on_opinion_asked)
    subscribe(between.OpinionGiven, exchange.on_opinion_given)
    subscribe(between.OpinionCancelled, exchange.on_opinion_cancelled)
    subscribe(between.HandOverRefused, exchange.on_hand_over_refused)
    subscribe(between.DossierTakenBack, exchange.on_taken_back)
    subscribe(between.DossierTransferred, exchange.on_transferred)
    subscribe(between.DossierRebased, exchange.on_rebased)
    subscribe(between.PartOpened, exchange.on_part_opened)
    subscribe(between.PartFinished, exchange.on_part_finished)
    subscribe(between.CorrectionProposed, exchange.on_correction_proposed)
    subscribe(between.CorrectionDecided, exchange.on_correction_decided)
    subscribe(events.ResultSealed, parts.on_result_ready)
    subscribe(events.DossierApproved, parts.on_result_ready)
    subscribe(events.DossierRejected, parts.on_result_ready)
    subscribe(events.DossierWithdrawn, parts.on_parent_ended)
    subscribe(events_clock.DossierStopped, parts.on_parent_ended)
    subscribe(UnitClosed, succession.on_unit_closed)


def _wire_clock() -> None:
    """The clock of a dossier, its endings and new beginnings."""
    subscribe(events.TimerRang, reminding.on_timer_rang)
    subscribe(events_clock.DossierSuspended, clock.on_suspended)
    subscribe(events_clock.DossierResumed, clock.on_resumed)
    subscribe(events_clock.ObligationRequested, clock.on_obligation_requested)
    subscribe(events_clock.ObligationFulfilled, clock.on_obligation_fulfilled)
    subscribe(events_clock.ApologyDrafted, clock.on_apology_drafted)
    subscribe(events_clock.DossierExtended, clock.on_extended)
    subscribe(events_clock.DossierApologised, clock.on_apologised)
    subscribe(events_clock.DossierStopped, clock.on_stopped)
    subscribe(events_clock.ResultRecalled, clock.on_result_recalled)
    subscribe(events_clock.DossierReopened, clock.on_reopened)
    subscribe(events_clock.DossierRenewed, clock.on_renewed)


def _wire_results() -> None:
    """The register of what was issued."""
    _wire_evidence()
    subscribe(events.ResultSealed, results.on_result_sealed)
    subscribe(events.ResultDelivered, results.on_result_delivered)
    subscribe(events_clock.ResultRecalled, results.on_result_recalled)
    subscribe(events_clock.DossierReopened, results.on_reopened)
    subscribe(PaperDigitised, results.on_paper_digitised)
    subscribe(PaperArchived, results.on_paper_archived)
    subscribe(PaperRevoked, results.on_paper_revoked)
    watch_files(look_at_reused)


def _wire_land_and_signing() -> None:
    subscribe(PaperAwaitsCompletion, on_paper_awaits_completion)
    subscribe(land_events.TransferSheetSent, land.on_sheet_sent)
    subscribe(land_events.TransferSheetAnswered, land.on_sheet_answered)
    subscribe(land_events.TaxPaid, land.on_tax_paid)


def _wire_evidence() -> None:
    subscribe(EvidenceAlarmed, evidence.on_alarmed)
    compare_too("dossiers", Beside(check_dossiers, tell_rows, row_words, untold))
