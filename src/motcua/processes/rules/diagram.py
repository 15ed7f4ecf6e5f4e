"""A process as a picture (SVG) that needs nothing around it: no styles, no scripts, no fonts of its own."""

from collections.abc import Sequence
from html import escape
from zlib import crc32

from motcua.processes.rules.bpmn_terms import Box
from motcua.processes.rules.diagram_routes import Arrow, Kind, Point, Routes, arrows_of, label_boxes
from motcua.processes.rules.diagram_text import DiagramLine, diagram_lines, term_in_words, wrapped
from motcua.processes.rules.layout import Layout, lay_out
from motcua.processes.rules.walk import by_key
from motcua.processes.terms import Step

__all__ = ["DiagramLine", "diagram", "diagram_lines"]

_INK, _BLUE, _BROWN, _GREY = "#1c2733", "#1b4f8f", "#8a4500", "#5b6673"
_BANDS = ("#f5f8fc", "#e9eff7")
_COLOURS: dict[Kind, str] = {"forward": _BLUE, "back": _BROWN, "timer": _GREY}
_DASHES: dict[Kind, str] = {"forward": "", "back": ' stroke-dasharray="7 4"', "timer": ' stroke-dasharray="2 3"'}
_FONT = 'font-family="system-ui, sans-serif"'
_NAME_WIDTH, _NAME_LINES = 19, 3
_LABEL_WIDTH, _LABEL_LINES = 18, 3


def diagram(steps: Sequence[Step], *, current: str = "") -> str:
    """Return the picture of the process as one `<svg>` element; `current`: the step a dossier is at, told apart.

    Forward ways are drawn in one piece, ways back dashed and below, timers dotted. `diagram_lines` says the same in
    words; the picture names that in its description.
    """
    known = by_key(steps)
    if not known:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 1 1"><title>Quy trình trống</title></svg>'
        )
    layout, arrows = lay_out(steps), arrows_of(steps)
    routes = Routes(layout, arrows)
    width, height = round(routes.width), round(routes.height)
    mark = f"p{crc32(repr((steps, current)).encode()):08x}"
    boxes = {key: routes.box(key) for key in known}
    body = [
        *_bands(layout, routes, width),
        *(_arrow(arrow, mark) for arrow in arrows),
        *(
            _step(number, step, boxes[step.key], step.key == current)
            for number, step in enumerate(known.values(), start=1)
        ),
        *_labels(arrows, list(boxes.values())),
    ]
    said = escape(_description(known, current))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{mark}t {mark}d" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" {_FONT} font-size="13">'
        f'<title id="{mark}t">Sơ đồ quy trình giải quyết</title><desc id="{mark}d">{said}</desc>'
        f"<defs>{''.join(_head(kind, mark) for kind in _COLOURS)}</defs>{''.join(body)}</svg>"
    )


def _description(known: dict[str, Step], current: str) -> str:
    names = "; ".join(f"{number}. {step.name}" for number, step in enumerate(known.values(), start=1))
    here = f" Hồ sơ đang ở bước «{known[current].name}»." if current in known else ""
    return f"{len(known)} bước: {names}.{here} Danh sách bằng chữ kèm theo sơ đồ nói từng bước dẫn tới đâu, khi nào."


def _head(kind: Kind, mark: str) -> str:
    return (
        f'<marker id="{mark}{kind}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
        f'<path d="M0 0 8 4 0 8z" fill="{_COLOURS[kind]}"/></marker>'
    )


def _bands(layout: Layout, routes: Routes, width: int) -> list[str]:
    drawn = []
    for number, (lane, (top, height)) in enumerate(zip(layout.lanes, routes.bands, strict=True)):
        drawn.append(
            f'<rect x="0" y="{top:g}" width="{width}" height="{height:g}" fill="{_BANDS[number % 2]}"/>'
            f'<text x="10" y="{top + 18:g}" fill="{_GREY}" font-weight="600">{escape(lane.name)}</text>'
        )
    return drawn


def _arrow(arrow: Arrow, mark: str) -> str:
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in arrow.points)
    return (
        f'<path d="{path}" fill="none" stroke="{_COLOURS[arrow.kind]}" stroke-width="1.6" stroke-linejoin="round"'
        f'{_DASHES[arrow.kind]} marker-end="url(#{mark}{arrow.kind})"/>'
    )


def _step(number: int, step: Step, box: Box, is_current: bool) -> str:  # noqa: FBT001 (a fact of the step)
    fill, ink = (_BLUE, "#ffffff") if is_current else ("#ffffff", _INK)
    lines = wrapped(f"{number}. {step.name}", _NAME_WIDTH, _NAME_LINES)
    said = "".join(
        f'<tspan x="{box.x + 9}" dy="{0 if place == 0 else 16}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    small = escape(" · ".join(wrapped(_small(step), 28, 1)))
    return (
        f'<g><title>{escape(step.name)}</title><rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" '
        f'rx="7" fill="{fill}" stroke="{_BLUE}" stroke-width="{3 if is_current else 1.4}"/>'
        f'<text x="{box.x + 9}" y="{box.y + 20}" fill="{ink}" font-weight="600">{said}</text>'
        f'<text x="{box.x + 9}" y="{box.y + box.height - 9}" fill="{ink if is_current else _GREY}" font-size="11">'
        f"{small}</text></g>"
    )


def _small(step: Step) -> str:
    said = [term_in_words(step.term)] if step.term else []
    if step.clock:
        said.append("dừng thời hạn" if step.clock == "stop" else "tính tiếp")
    if step.consults:
        said.append(f"{len(step.consults)} ý kiến")
    if step.gates:
        said.append("chờ đủ điều kiện")
    return " · ".join(said)


def _labels(arrows: Sequence[Arrow], boxes: Sequence[Box]) -> list[str]:
    labelled = [arrow for arrow in arrows if arrow.words]
    lines = [wrapped(arrow.words, _LABEL_WIDTH, _LABEL_LINES) for arrow in labelled]
    sizes: list[Point] = [(max(len(line) for line in one) * 5.8 + 6, len(one) * 13.0 + 3) for one in lines]
    corners = label_boxes(labelled, boxes, sizes)
    return [
        _label(arrow, one, corner, size)
        for arrow, one, corner, size in zip(labelled, lines, corners, sizes, strict=True)
    ]


def _label(arrow: Arrow, lines: Sequence[str], corner: Point, size: Point) -> str:
    x, y = corner
    said = "".join(
        f'<tspan x="{x + 3:g}" dy="{0 if place == 0 else 13}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return (
        f'<g><title>{escape(arrow.words)}</title><rect x="{x:g}" y="{y:g}" width="{size[0]:g}" height="{size[1]:g}" '
        f'rx="3" fill="#ffffff" fill-opacity="0.92"/><text x="{x + 3:g}" y="{y + 11:g}" font-size="11" '
        f'fill="{_COLOURS[arrow.kind]}">{said}</text></g>'
    )
