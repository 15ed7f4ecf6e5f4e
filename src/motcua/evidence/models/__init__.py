from motcua.evidence.models.head import Alarm, CheckRun, Head, Partner, Stamp, Witnessed
from motcua.evidence.models.log import Course, Leaf, NewBlob, Tile

__all__ = ["Alarm", "CheckRun", "Course", "Head", "Leaf", "NewBlob", "Partner", "Stamp", "Tile", "Witnessed"]
