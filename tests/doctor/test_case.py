"""An evaluation folder as one more document to compare with."""

from pathlib import Path

import pytest

from steelyard.doctor.case import read_case
from steelyard.doctor.view.view import CASE
from steelyard.errors import SteelyardError
from steelyard.intake.reading.document import Document, Table

FRAMEWORK = """
id = "small"
version = "1"
title = "小样"
points = 10
[[grade]]
name = "优"
floor = 9
[[grade]]
name = "差"
floor = 0
[[group]]
path = "产出"
points = 10
[[leaf]]
path = "产出/培训完成率"
points = 10
measure = "培训.实际值 / 培训.目标值"
[leaf.rule]
use = "completion"
"""
ITEMS = """
[[item]]
name = "培训.目标值"
unit = "人"
[[item]]
name = "培训.实际值"
unit = "人"
"""


@pytest.fixture
def case(tmp_path: Path) -> Document:
    (tmp_path / "rubric").mkdir()
    (tmp_path / "rubric" / "framework.toml").write_text(FRAMEWORK, encoding="utf-8")
    (tmp_path / "rubric" / "items.toml").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "evaluation.toml").write_text(
        'title = "小样"\ndepartment = "某林业站"\nyear = 2024\nframework = "./rubric"\n',
        encoding="utf-8",
    )
    (tmp_path / "facts.csv").write_text(
        "数据项,数值,单位\n培训.目标值,1500,人\n培训.实际值,1260,人\n", encoding="utf-8"
    )
    return read_case(tmp_path)


def rows(case: Document, title: str) -> list[list[str]]:
    """Return the lines under the header of one table of the data."""
    (table,) = [t for t in case.blocks if isinstance(t, Table) and t.title == title]
    assert table.header_rows == 1
    cells = {(cell.row, cell.column): cell.words.text for cell in table.cells}
    return [[cells[r, c] for c in range(table.width)] for r in range(1, table.height)]


class TestTheData:
    def test_is_marked_as_data(self, case: Document) -> None:
        assert case.kind == CASE

    def test_has_its_items_with_units_called_as_reports_call_them(self, case: Document) -> None:
        assert rows(case, "数据") == [["计划培训", "1500人"], ["实际培训", "1260人"]]

    def test_has_measures_as_percentages(self, case: Document) -> None:
        assert rows(case, "算式") == [["培训完成率", "84%"]]

    def test_has_scores_with_what_was_lost(self, case: Document) -> None:
        assert rows(case, "得分") == [
            ["培训完成率", "10", "8.4", "1.6", "84%"],
            ["合计", "10", "8.4", "1.6", "84%"],
        ]

    def test_has_the_scores_of_the_level_above(self, case: Document) -> None:
        assert rows(case, "层级得分") == [["产出", "10", "8.4", "1.6", "84%"]]

    def test_tells_where_each_value_stands(self, case: Document) -> None:
        table = next(t for t in case.blocks if isinstance(t, Table))
        spots = [cell.words.spots[0] for cell in table.cells]
        assert [spot.cell for spot in spots[:4]] == ["A1", "B1", "A2", "B2"]


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SteelyardError):
        read_case(tmp_path)
