"""What of a dossier its applicant may read: drafts, opinions and notes between officers stay inside the office."""

from typing import Final

from motcua.dossiers.terms import Act, AttachmentPurpose

#: Acts whose note was written for, or by, the applicant.
NOTES_FOR_APPLICANT: Final = frozenset(
    {
        Act.REFUSE,
        Act.REQUEST_SUPPLEMENT,
        Act.SUPPLEMENT,
        Act.WITHDRAW,
        Act.SUSPEND,
        Act.REQUEST_OBLIGATION,
        Act.FULFIL_OBLIGATION,
        Act.EXTEND,
        Act.APOLOGISE,
        Act.STOP,
        Act.REFUSE_SUPPLEMENT,
        Act.RECALL,
        Act.REOPEN,
    }
)
#: Moves between desks of the office that tell the applicant nothing.
SILENT_ACTS: Final = frozenset(
    {
        "hand_over",
        "refuse_hand_over",
        "hand_to_parent",
        Act.TAKE_OVER,
        Act.TAKE_BACK,
        Act.ANSWER_CONSULT,
        Act.CANCEL_CONSULT,
        Act.CHECK_PAPERS,
        Act.SHELVE,
        Act.DRAFT_APOLOGY,
        "drop_apology",
    }
)
#: What the applicant put into the dossier.
OWN_PURPOSES: Final = frozenset({AttachmentPurpose.COMPONENT, AttachmentPurpose.SUPPLEMENT, AttachmentPurpose.PROXY})
#: What the applicant may read of the files beside the result.
SHOWN_PURPOSES: Final = OWN_PURPOSES | {AttachmentPurpose.NOTICE}


def result_is_open(*, is_sealed: bool, is_delivered: bool, wants_file: bool) -> bool:
    """Whether the result is the applicant's to read: sealed, and handed over or asked for as a file."""
    return is_sealed and (is_delivered or wants_file)
