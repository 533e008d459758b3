"""Lines as paragraphs and tables in their order (成篇)."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.intake.reading.document import Block
from steelyard.intake.reading.flat.header import opens_header
from steelyard.intake.reading.flat.layout import Placed, has_layout, placed_table_at
from steelyard.intake.reading.flat.lines import Line, contents_title
from steelyard.intake.reading.flat.paragraphs import measure_of, paragraphs_of
from steelyard.intake.reading.flat.tables import Found, label_names, table_at
from steelyard.intake.reading.headings import is_table_title, unit_line

_PATIENCE = 100
"""Lines that looked like headers and headed nothing, after which only captions announce tables."""
_BELOW_TITLE = 2
"""Lines between a caption and its header: its own second line, a unit line."""


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Return lines as paragraphs and tables (成篇).

    Args:
        lines: Without page furniture.
    """
    measure = measure_of(lines)
    titles = frozenset(contents_title(line) for line in lines if line.contents)
    names = label_names(lines)
    layout = has_layout(lines)
    blocks: list[Block] = []
    prose: list[Line] = []
    failed = index = 0
    while index < len(lines):
        titled = any(is_table_title(line.text) for line in prose[-_BELOW_TITLE:])
        titled = titled and unit_line(lines[index].text) is None
        found: Found | Placed | None = None
        if layout:
            found = placed_table_at(lines, index)
        elif titled or failed < _PATIENCE:
            found = table_at(lines, index, titled=titled, names=names)
        if found is None:
            failed += not lines[index].contents and opens_header(lines[index])
            prose.append(lines[index])
            index += 1
            continue
        blocks += paragraphs_of(prose, measure, titles)
        prose, failed = [], 0
        blocks.append(found.table)
        index = found.end
    return [*blocks, *paragraphs_of(prose, measure, titles)]
