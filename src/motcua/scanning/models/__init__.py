from motcua.scanning.models.paper import DigitisedPaper, DigitisingRule
from motcua.scanning.models.stack import ScannedPage, Stack, StackFile

__all__ = ["DigitisedPaper", "DigitisingRule", "ScannedPage", "Stack", "StackFile"]
