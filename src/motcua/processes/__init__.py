"""Quy trình: steps, moves, checks, simulation, diagram, BPMN."""
