from motcua.dossiers.models.answers import AnswersChange, FormAnswers
from motcua.dossiers.models.batch import Batch, BatchItem
from motcua.dossiers.models.clock import Apology, Suspension, SuspensionRule
from motcua.dossiers.models.counter import CodeCounter
from motcua.dossiers.models.desk import FavouriteProcedure, SavedList
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.draft import Draft, DraftFile
from motcua.dossiers.models.exchange import Consultation, Correction, DossierGroup, RecalledResult
from motcua.dossiers.models.helping import HelperLimit
from motcua.dossiers.models.initials import DraftInitials
from motcua.dossiers.models.move import Move
from motcua.dossiers.models.number import ReservedNumber
from motcua.dossiers.models.obligation import Obligation
from motcua.dossiers.models.outcome import Delivery, DraftResult, Result
from motcua.dossiers.models.paper import IssuedPaper
from motcua.dossiers.models.parts import Attachment, DossierComponent
from motcua.dossiers.models.party import Party
from motcua.dossiers.models.process import OutsideStep, TimerRing
from motcua.dossiers.models.register import RegisterRun
from motcua.dossiers.models.reminder import Reminder, ReminderRule
from motcua.dossiers.models.supplement import SupplementRequest

__all__ = [
    "AnswersChange",
    "Apology",
    "Attachment",
    "Batch",
    "BatchItem",
    "CodeCounter",
    "Consultation",
    "Correction",
    "Delivery",
    "Dossier",
    "DossierComponent",
    "DossierGroup",
    "Draft",
    "DraftFile",
    "DraftInitials",
    "DraftResult",
    "FavouriteProcedure",
    "FormAnswers",
    "HelperLimit",
    "IssuedPaper",
    "Move",
    "Obligation",
    "OutsideStep",
    "Party",
    "RecalledResult",
    "RegisterRun",
    "Reminder",
    "ReminderRule",
    "ReservedNumber",
    "Result",
    "SavedList",
    "SupplementRequest",
    "Suspension",
    "SuspensionRule",
    "TimerRing",
]
