"""The kinds of nothing (空值的三种含义).

A dash says that a figure does not apply, an empty cell that it is missing,
and zero is a number like any other. They are never mixed.
"""

from __future__ import annotations

from enum import Enum


class Nothing(Enum):
    """A figure that is not there, and why."""

    MISSING = ""
    """缺: should be given and is not; whatever needs it stays unknown."""

    NOT_APPLICABLE = "—"
    """不适用: there is nothing to give; sums pass it over."""

    def __str__(self) -> str:
        """Return the mark as printed in a table."""
        return self.value


MISSING = Nothing.MISSING
NOT_APPLICABLE = Nothing.NOT_APPLICABLE

DASHES = frozenset({"—", "－", "-", "——", "－－", "--", "/", "／", "不适用"})
"""Marks that people write for 不适用; all are read as the long dash."""
