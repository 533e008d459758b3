"""Goals whose unit the department chooses: both sides must agree."""

from __future__ import annotations

from pathlib import Path

from steelyard.evaluation.begin import begin
from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_book, load_evaluation
from steelyard.framework.load import find_framework
from steelyard.scoring.award import Award


def award(folder: Path, target: str, actual: str) -> Award:
    book = load_book(find_framework("common-2013"))
    begin(folder, book, reference="common-2013@1", department="某局", year=2024)
    text = (folder / "facts.csv").read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("经济效益.")]
    lines += [f"经济效益.目标值,{target},,,,,", f"经济效益.实际值,{actual},,,,,"]
    (folder / "facts.csv").write_text("\n".join(lines), encoding="utf-8")
    return evaluate(load_evaluation(folder)).card.award("经济效益")


class TestAGoalOfAnyUnit:
    def test_is_scored_in_the_unit_that_the_department_chose(self, tmp_path: Path) -> None:
        """20 亿元 planned, 150000 万元 achieved: three quarters"""
        scored = award(tmp_path / "new", "20,亿元", "150000,万元")
        assert scored.exact == scored.points * 3 / 4

    def test_is_not_scored_when_target_and_actual_measure_other_things(
        self, tmp_path: Path
    ) -> None:
        unscored = award(tmp_path / "new", "20,亿元", "15,户")
        assert unscored.earned is None
        assert "不能相加减或比较" in unscored.because
