"""What conditions of a process read, and where a dossier may go now, for pages and programs."""

from datetime import datetime

from motcua.dossiers.access.process_facts import ProcessFacts, arrived_at, process_facts
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.flow import Way, ways_back, ways_forward
from motcua.identity.terms import Actor

__all__ = ["ProcessFacts", "arrived_at", "facts_of", "open_ways", "open_ways_back"]


def facts_of(dossier: Dossier, at: datetime, actor: Actor | None = None) -> ProcessFacts:
    """Return every fact of `processes.terms.FACTS`, each asked for only when it is read."""
    return process_facts(dossier, at, actor)


def open_ways(dossier: Dossier, at: datetime, actor: Actor | None = None) -> tuple[Way, ...]:
    """Return where the dossier may go on to now, the usual way first; no query for a step without conditions."""
    return ways_forward(dossier.definition, dossier.step, facts_of(dossier, at, actor))


def open_ways_back(dossier: Dossier, at: datetime, actor: Actor | None = None) -> tuple[Way, ...]:
    """Return to where the dossier may be sent back now, the usual way first."""
    return ways_back(dossier.definition, dossier.step, facts_of(dossier, at, actor))
