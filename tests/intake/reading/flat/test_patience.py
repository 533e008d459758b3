"""A text of nothing but headers costs a bounded number of attempts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from steelyard.intake.reading.document import Table
from steelyard.intake.reading.flat import blocks
from steelyard.intake.reading.flat.lines import Line
from steelyard.intake.reading.flat.tables import Found, table_at
from steelyard.intake.reading.read_file import read_file

HEADER = "序号 项目名称 金额 备注\n"


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    made: list[int] = []

    def counted(
        lines: Sequence[Line], start: int, *, titled: bool, names: frozenset[str]
    ) -> Found | None:
        made.append(start)
        return table_at(lines, start, titled=titled, names=names)

    monkeypatch.setattr(blocks, "table_at", counted)
    return made


def test_headers_that_head_nothing_are_given_up(tmp_path: Path, attempts: list[int]) -> None:
    path = tmp_path / "表头.txt"
    path.write_text(HEADER * 3000, encoding="utf-8")
    document = read_file(path)
    assert not any(isinstance(block, Table) for block in document.blocks)
    assert len(attempts) < 200


def test_a_table_under_a_caption_is_still_found(tmp_path: Path) -> None:
    path = tmp_path / "表头.txt"
    table = "表1 项目支出情况表\n" + HEADER + "1 良种补贴 80.00 无\n2 农机购置 60.50 无\n"
    path.write_text(HEADER * 300 + table, encoding="utf-8")
    document = read_file(path)
    assert any(isinstance(block, Table) for block in document.blocks)
