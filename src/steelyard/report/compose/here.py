"""Where a template stands (语境): the indicator, the row and the part in hand.

A reference such as ``得分：本项`` or a bare column name means what is in hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.facts.ledger import TableRow
from steelyard.framework.indicator import Group, Leaf


@dataclass(frozen=True, slots=True)
class Here:
    """What is in hand (当前对象)."""

    subject: Leaf | Group | None = None
    """The leaf or group; None for the whole framework."""

    table: str = ""
    row: TableRow | None = None
    rows: tuple[TableRow, ...] = ()
    """Rows that belong together, such as the options of one question."""

    unit: str = ""
    """Unit that the table says for its bare numbers; empty when it says none."""

    place: str = ""
    """For messages: the passage, table or form."""


NOWHERE = Here()
