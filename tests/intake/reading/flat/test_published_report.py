"""The published report in plain text: what is really read of it, and no less."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from steelyard.intake.reading.document import Document, Paragraph, Role, Table
from steelyard.intake.reading.flat.decoding import decoded
from steelyard.intake.reading.flat.lines import lines_of

FIGURE = re.compile(r"[-≥≤=]?[\d,.]+%?")
QUESTION = re.compile(r"第 ?\d ?题：.+？\[单选题\]")
SURVEYS = 17

EXACT = [f"表{number}" for number in (4, 5, *range(6, 17))] + ["附件2"]
"""Tables of which every figure stands in its place."""


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def figures(printed: list[list[str]], table: Table) -> tuple[int, int]:
    """How many of the printed figures stand where they are printed, and how many there are."""
    wanted = [
        (bare(text), bare(table.text_at(row, column)))
        for row, texts in enumerate(printed)
        for column, text in enumerate(texts)
        if FIGURE.fullmatch(bare(text))
    ]
    return sum(one == other for one, other in wanted), len(wanted)


def named(report: Document, printed: list[dict[str, Any]], key: str) -> tuple[Any, Table]:
    """Return the printed grid of a table and the table as it was read."""
    (entry,) = (each for each in printed if bare(each["key"]) == key)
    grid = entry["grid"]
    number = re.compile(rf"{key}(?!\d)")
    titled = [table for table in report.tables if number.match(bare(table.title))]
    alike = [
        table
        for table in report.tables
        if table.width == len(grid[0]) and bare(table.text_at(0, 0)) == bare(grid[0][0])
    ]
    ended = [t for t in report.tables if t.title and bare(t.title)[-8:] in bare(entry["title"])]
    return grid, (titled or ended or alike)[0]


class TestItsTables:
    @pytest.mark.parametrize("key", EXACT)
    def test_have_every_figure_in_its_place(
        self, report: Document, printed: list[dict[str, Any]], key: str
    ) -> None:
        grid, table = named(report, printed, key)
        right, wanted = figures(grid, table)
        assert (right, table.width) == (wanted, len(grid[0]))

    def test_have_most_figures_of_the_scored_framework(
        self, report: Document, printed: list[dict[str, Any]]
    ) -> None:
        grid, table = named(report, printed, "附件1")
        right, _ = figures(grid, table)
        assert right >= 71
        assert not table.certain

    def test_are_certain_in_the_main(self, report: Document) -> None:
        tables = list(report.tables)
        assert len(tables) == 37
        assert sum(table.certain for table in tables) >= 30


def surveys(report: Document) -> list[tuple[Paragraph, Table]]:
    """Every survey table with the paragraph directly before it."""
    found: list[tuple[Paragraph, Table]] = []
    for before, block in pairwise(report.blocks):
        if isinstance(block, Table) and block.text_at(0, 0) == "选项":
            assert isinstance(before, Paragraph)
            found.append((before, block))
    return found


class TestItsSurveys:
    def test_stand_below_their_questions(self, report: Document) -> None:
        asked = surveys(report)
        assert len(asked) == SURVEYS
        assert all(QUESTION.fullmatch(question.words.text) for question, _ in asked)

    def test_end_with_their_own_count_of_answers(self, report: Document) -> None:
        asked = surveys(report)
        for _, table in asked:
            labels = [bare(table.text_at(row, 0)) for row in range(table.height)]
            assert [row for row, text in enumerate(labels) if text == "本题有效填写人次"] == [
                table.height - 1
            ]
        counts = [table.text_at(table.height - 1, 1) for _, table in asked]
        assert counts == ["64"] * 8 + ["41"] * 9

    def test_have_every_figure(self, report: Document, printed: list[dict[str, Any]]) -> None:
        grids = [each["grid"] for each in printed if each["key"] == "调查"]
        assert len(grids) == SURVEYS
        for grid, (_, table) in zip(grids, surveys(report), strict=True):
            right, wanted = figures(grid, table)
            assert right == wanted


class TestItsText:
    def test_is_whole(self, report: Document, case_dir: Path) -> None:
        words: list[str] = []
        for block in report.blocks:
            if isinstance(block, Table):
                words += [cell.words.text for cell in block.cells]
            else:
                words.append(block.words.text)
        text = decoded("report.txt", (case_dir / "report.txt").read_bytes())
        kept = "".join(line.text for line in lines_of(text).kept)
        assert Counter("".join("".join(words).split())) == Counter("".join(kept.split()))

    def test_leads_back_to_the_lines_of_the_file(self, report: Document, case_dir: Path) -> None:
        file = (case_dir / "report.txt").read_text(encoding="utf-8").split("\n")
        for block in report.blocks:
            if isinstance(block, Paragraph) and block.words.text:
                first = block.words.spots[0]
                assert first.line is not None
                assert block.words.text[:4].split()[0] in file[first.line - 1]

    def test_names_each_annex_in_a_heading_of_its_own(self, report: Document) -> None:
        annexes = [
            block.words.text
            for block in report.blocks
            if isinstance(block, Paragraph)
            and block.role is Role.HEADING
            and re.match(r"附件 \d", block.words.text)
        ]
        assert [int(text.split("：")[0][3:]) for text in annexes] == list(range(1, 11))
        assert max(map(len, annexes)) <= 32
