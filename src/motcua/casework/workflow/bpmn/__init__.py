"""BPMN 2.0: exchange and drawing of processes."""

from motcua.casework.workflow.bpmn.drawing import diagram_svg, ordered_steps
from motcua.casework.workflow.bpmn.faults import BrokenDrawing, DrawingFault
from motcua.casework.workflow.bpmn.reading import MAX_BYTES, from_bpmn
from motcua.casework.workflow.bpmn.writing import to_bpmn

__all__ = [
    "MAX_BYTES",
    "BrokenDrawing",
    "DrawingFault",
    "diagram_svg",
    "from_bpmn",
    "ordered_steps",
    "to_bpmn",
]
