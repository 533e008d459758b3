"""The live formulas of the workbook say what the exact scorer says, in every cell."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.workbook import random_evaluations as make
from tests.workbook.recalculation import (
    cell_values,
    differences,
    formula_values,
    recalculated,
)

from steelyard.evaluation.evaluation import Evaluation, Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.workbook.score_workbook import score_workbook
from steelyard.scoring.score import score

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
WORKBOOKS = int(os.environ.get("STEELYARD_WORKBOOKS", "1"))
"""Of ``EVALUATIONS`` each; eight of them, two thousand in all, before a release."""

EVALUATIONS = 250


def scored(evaluation: Evaluation) -> Outcome:
    """Return the outcome with its scores alone: all that the formulas say."""
    card = score(evaluation.rubric, evaluation.ledger, evaluation.judgements, evaluation.choices)
    return Outcome(
        evaluation=evaluation, card=card, results=(), flaws=(), envelope=None, effects=()
    )


def row_of(sheet: Worksheet, column: int, text: str) -> int:
    """Return the first row that holds a text in a column, counted from nought."""
    rows = sheet.iter_rows(values_only=True)
    return next(number for number, row in enumerate(rows, start=1) if row[column] == text)


class TestRandomEvaluations:
    @pytest.mark.parametrize("seed", range(WORKBOOKS))
    def test_are_recalculated_by_libreoffice_to_the_same_values(
        self, seed: int, tmp_path: Path
    ) -> None:
        chance = random.Random(20230000 + seed)
        known = make.dictionary()
        outcomes: list[Outcome] = []
        while len(outcomes) < EVALUATIONS:
            rubric = make.rubric(chance, known)
            outcomes += [scored(make.random_evaluation(chance, rubric)) for _ in range(10)]
        workbook = tmp_path / "scores.xlsx"
        workbook.write_bytes(score_workbook(outcomes))
        again = recalculated(workbook, tmp_path)
        assert differences(workbook, again) == []

    def test_are_often_on_a_tie(self) -> None:
        chance = random.Random(7)
        known = make.dictionary()
        ties = 0
        for _ in range(200):
            rubric = make.rubric(chance, known)
            award = scored(make.random_evaluation(chance, rubric)).card.awards[0]
            ties += award.exact is not None and (award.exact * 1000) % 10 == 5
        assert ties > 30


class TestTheSample:
    def test_is_recalculated_to_the_same_values(self, tmp_path: Path) -> None:
        workbook = tmp_path / "scores.xlsx"
        workbook.write_bytes(score_workbook([evaluate(load_evaluation(EXAMPLE))]))
        again = recalculated(workbook, tmp_path)
        assert len(formula_values(workbook)) > 150
        assert differences(workbook, again) == []

    def test_follows_a_figure_that_is_changed_in_the_workbook(self, tmp_path: Path) -> None:
        """全年支出决算数 5069.77 → 7000: 全年预算完成率 93.59 %, 1.5 points, 83.27 in all."""
        workbook = tmp_path / "scores.xlsx"
        workbook.write_bytes(score_workbook([evaluate(load_evaluation(EXAMPLE))]))
        book = load_workbook(workbook)
        facts, scores = book["数据"], book["评分表"]
        facts.cell(row_of(facts, 0, "全年支出决算数"), 2).value = 7000
        book.save(workbook)
        fresh = cell_values(recalculated(workbook, tmp_path), "评分表")
        leaf = row_of(scores, 4, "全年预算完成率")
        total = row_of(scores, 0, "合计")
        assert fresh[leaf, 12] == 1.5
        assert fresh[total, 12] == pytest.approx(83.27)

    def test_has_no_total_once_a_figure_is_taken_out(self, tmp_path: Path) -> None:
        workbook = tmp_path / "scores.xlsx"
        workbook.write_bytes(score_workbook([evaluate(load_evaluation(EXAMPLE))]))
        book = load_workbook(workbook)
        facts, scores = book["数据"], book["评分表"]
        facts.cell(row_of(facts, 0, "编制数"), 2).value = None
        book.save(workbook)
        fresh = cell_values(recalculated(workbook, tmp_path), "评分表")
        total = row_of(scores, 0, "合计")
        assert fresh[total, 12] == "未评完"


class TestTheWorkbook:
    def test_gives_the_same_bytes_for_the_same_outcome(self) -> None:
        outcome = evaluate(load_evaluation(EXAMPLE))
        assert score_workbook([outcome]) == score_workbook([outcome])
