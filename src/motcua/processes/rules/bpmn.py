"""Processes as BPMN 2.0, there and back."""

from motcua.processes.rules.bpmn_reading import from_bpmn
from motcua.processes.rules.bpmn_terms import BpmnProcess
from motcua.processes.rules.bpmn_writing import to_bpmn

__all__ = ["BpmnProcess", "from_bpmn", "to_bpmn"]
