"""Which handlers hear of which event: the one map."""

from motcua.dossiers import events, handlers, succession
from motcua.identity import events as identity
from motcua.journal.actions.deliver import subscribe


def wire() -> None:
    """Let every handler hear of its event; called once when Django is ready, safe to call again."""
    subscribe(events.DossierSubmitted, handlers.on_submitted)
    subscribe(events.DossierReceived, handlers.on_received)
    subscribe(events.DossierRefused, handlers.on_refused)
    subscribe(events.SupplementRequested, handlers.on_supplement_requested)
    subscribe(events.DossierSupplemented, handlers.on_supplemented)
    subscribe(events.DossierAssigned, handlers.on_assigned)
    subscribe(events.WorkHandedOver, handlers.on_handed_over)
    subscribe(events.DossierForwarded, handlers.on_forwarded)
    subscribe(events.DossierAppraised, handlers.on_appraised)
    subscribe(events.DossierSentBack, handlers.on_sent_back)
    subscribe(events.DossierApproved, handlers.on_approved)
    subscribe(events.DossierRejected, handlers.on_rejected)
    subscribe(events.ResultSealed, handlers.on_result_sealed)
    subscribe(events.ResultDelivered, handlers.on_result_delivered)
    subscribe(events.DossierWithdrawn, handlers.on_withdrawn)
    subscribe(events.DossierCorrected, handlers.on_corrected)
    subscribe(identity.PostEnded, succession.on_post_ended)
    subscribe(identity.OfficerDeactivated, succession.on_officer_deactivated)
