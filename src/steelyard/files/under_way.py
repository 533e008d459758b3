"""Whether several files of a folder are being changed together (写入中).

Whoever changes several files as one leaves a marker until all are in place.
"""

from __future__ import annotations

from pathlib import Path

BATCHES = "batches"
"""Directory of a folder in which such changes are laid down, one directory each."""

WRITING = "writing"
"""Marker in the directory of a change: not all of its files are in place yet."""


def is_under_way(folder: Path) -> bool:
    """Tell whether some files of a folder may be new and some old."""
    return any((folder / BATCHES).glob(f"[0-9]*/{WRITING}"))
