"""The diagram as SVG and as an ordered list: for pages without scripts and screen readers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from html import escape

from motcua.casework.workflow.bpmn.graph import Graph, Node, graph_of
from motcua.casework.workflow.bpmn.layout import Box, Layout, Points, lay_out
from motcua.casework.workflow.bpmn.vocabulary import lane_name
from motcua.casework.workflow.rules import ProcessDocument

MARGIN = 20
_HERE = {"vi": "đang ở đây", "en": "you are here"}


def diagram_svg(
    document: ProcessDocument,
    active_steps: Iterable[str] = (),
    *,
    language: str = "vi",
    lane_names: dict[str, str] | None = None,
) -> str:
    """The process drawn as SVG with the current steps marked by colour, weight and word.

    Carries classes only (``wf-task``, ``wf-active`` …) and no style, for the
    page's own style sheet and content security policy; ``role="img"`` with the
    active steps as its name. ``lane_names``: other names for roles, for instance of agencies.
    """
    graph, active = graph_of(document), set(active_steps)
    layout = lay_out(graph)
    width, height = layout.pool.width + 2 * MARGIN, layout.pool.height + 2 * MARGIN
    steps = {step.id: getattr(step.name, language) for step in document.steps}
    where = ", ".join(steps[name] for name in steps if name in active)
    title = getattr(document.name, language) + (f" — {_HERE[language]}: {where}" if where else "")
    parts = [
        f'<svg class="wf-diagram" role="img" xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="{-MARGIN} {-MARGIN} {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(title)}</title>",
        '<defs><marker id="wf-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path class="wf-arrow" d="M0 0L10 5L0 10z"/>'
        "</marker></defs>",
        *_lanes(layout, lane_names or {}, language),
        *(_flow(points) for points in layout.flows.values()),
        *_nodes(graph, layout, active, steps, language),
        "</svg>",
    ]
    return "".join(parts)


def ordered_steps(
    document: ProcessDocument, active_steps: Iterable[str] = (), *, language: str = "vi"
) -> list[dict[str, str | bool]]:
    """The steps people work in, in order, each with whether the case stands there now."""
    active = set(active_steps)
    return [
        {
            "id": step.id,
            "name": getattr(step.name, language),
            "role": step.role,
            "current": step.id in active,
        }
        for step in document.steps
        if step.kind != "join"
    ]


def _lanes(layout: Layout, names: dict[str, str], language: str) -> list[str]:
    out: list[str] = []
    for role, box in layout.lanes.items():
        x, y = box.x - 15, box.middle[1]
        out.append(
            f'<rect class="wf-lane" x="{box.x - 30}" y="{box.y}" width="{box.width + 30}"'
            f' height="{box.height}"/><text class="wf-lane-name" x="{x}" y="{y}"'
            f' text-anchor="middle" transform="rotate(-90 {x} {y})">'
            f"{escape(names.get(role) or lane_name(role, language))}</text>"
        )
    return out


def _flow(points: Points) -> str:
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    return f'<path class="wf-flow" fill="none" d="{path}" marker-end="url(#wf-arrow)"/>'


def _nodes(
    graph: Graph, layout: Layout, active: set[str], names: dict[str, str], language: str
) -> list[str]:
    out: list[str] = []
    for node in graph.nodes:
        here = node.step in active and node.step != ""
        label = names.get(node.step, node.name)
        shape = _shape(node, layout.nodes[node.id], "wf-active" if here else "")
        text = _label(node, layout.nodes[node.id], label)
        mark = _mark(layout.nodes[node.id], _HERE[language]) if here else ""
        out.append(f"<g>{shape}{text}{mark}</g>")
    return out


def _shape(node: Node, box: Box, extra: str) -> str:
    x, y = box.middle
    name = f"wf-{node.kind} {extra}".strip()
    if node.kind == "task":
        return (
            f'<rect class="{name}" x="{box.x}" y="{box.y}" width="{box.width}"'
            f' height="{box.height}" rx="8"/>'
        )
    if node.kind in {"exclusive", "parallel"}:
        sign = "+" if node.kind == "parallel" else "×"
        return (
            f'<path class="{name}" d="M{x} {box.y}L{box.right} {y}L{x} {box.bottom}L{box.x} {y}z"/>'
            f'<text class="wf-sign" x="{x}" y="{y + 8}" text-anchor="middle">{sign}</text>'
        )
    hand = f'<path class="wf-hand" fill="none" d="M{x} {y - 10}V{y}H{x + 7}"/>'
    circle = f'<circle class="{name}" cx="{x}" cy="{y}" r="{math.floor(box.width / 2)}"/>'
    return circle + (hand if node.kind == "boundary" else "")


def _label(node: Node, box: Box, text: str) -> str:
    if not text or node.kind in {"exclusive", "boundary", "start"}:
        return ""
    x, y = box.middle
    lines = textwrap.wrap(text, 18)[:4]
    top = y - 8 * (len(lines) - 1) + 5 if node.kind == "task" else box.bottom + 16
    spans = "".join(
        f'<tspan x="{x}" y="{top + 16 * number}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="wf-label" text-anchor="middle">{spans}</text>'


def _mark(box: Box, word: str) -> str:
    x = box.middle[0]
    return f'<text class="wf-here" x="{x}" y="{box.y - 6}" text-anchor="middle">▼ {word}</text>'
