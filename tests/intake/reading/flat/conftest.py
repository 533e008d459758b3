"""The published report in plain text, read once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from steelyard.intake.reading.document import Document
from steelyard.intake.reading.flat.read_text import read_text


@pytest.fixture(scope="session")
def report(case_dir: Path) -> Document:
    return read_text("report.txt", (case_dir / "report.txt").read_bytes())


@pytest.fixture(scope="session")
def printed(case_dir: Path) -> list[dict[str, Any]]:
    """The tables as they are printed, keyed by hand: key, title and grid."""
    tables: list[dict[str, Any]] = json.loads(
        (case_dir / "tables.json").read_text(encoding="utf-8")
    )
    return tables
