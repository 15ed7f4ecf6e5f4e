from motcua.evidence.models.head import Alarm, CheckRun, Head, Stamp, Witnessed
from motcua.evidence.models.log import Course, Leaf, NewBlob, Tile

__all__ = ["Alarm", "CheckRun", "Course", "Head", "Leaf", "NewBlob", "Stamp", "Tile", "Witnessed"]
