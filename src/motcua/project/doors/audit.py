"""The auditors: who may open which address."""

from motcua.project.audiences import Audience

TABLE = {
    "audit:journal": Audience.OVERSEER,
    "audit:check": Audience.OVERSEER,
    "audit:evidence": Audience.OVERSEER,
    "audit:delegations": Audience.OVERSEER,
    "audit:delegation": Audience.OVERSEER,
    "audit:helpers": Audience.OVERSEER,
    "audit:journal_export": Audience.OVERSEER,
    "audit:open": Audience.OVERSEER,
    "audit:replay": Audience.OVERSEER,
    "audit:readings": Audience.OVERSEER,
    "audit:readings_export": Audience.OVERSEER,
    "audit:overdue": Audience.OVERSEER,
    "audit:overdue_agency": Audience.OVERSEER,
    "audit:supplements": Audience.OVERSEER,
    "audit:corrections": Audience.OVERSEER,
    "audit:backdated": Audience.OVERSEER,
}
