"""What errors do to score and grade."""

from fractions import Fraction

import pytest
from tests.doctor.made_documents import document

from steelyard.doctor.effect import standing, with_effects
from steelyard.doctor.finding import Finding, ScoreEffect, Severity, whole
from steelyard.doctor.view.view import View, view_of

BANDS = "综合得分在 90～100 分（含 90 分）为优，80～90 分为良，60～80 分为中，60 分以下为差。"


def view(total: str = "81.78", bands: str = BANDS) -> View:
    return view_of([document("一、结论", f"最终得分：{total} 分，评价等级为良。", bands)])


def wrong(seen: View, printed: str, computed: str, name: str = "产值") -> Finding:
    score = ScoreEffect(name, Fraction(printed), Fraction(computed))
    places = (whole(seen.passages[1]),)
    return Finding("R08", Severity.ERROR, "得分不符。", places, score=score)


class TestOneError:
    def test_moves_the_total_and_may_keep_the_grade(self) -> None:
        seen = view()
        findings, _ = with_effects(seen, [wrong(seen, "1.18", "1.17")])
        assert findings[0].effect == ("“产值”应得1.17分，总分由81.78分变为81.77分，等级仍为良。")

    def test_may_cross_a_boundary(self) -> None:
        seen = view("80.1")
        findings, _ = with_effects(seen, [wrong(seen, "1.5", "0")])
        assert "等级由良变为中" in findings[0].effect

    def test_without_effect_on_a_score_says_nothing(self) -> None:
        seen = view()
        plain = Finding("R10", Severity.ERROR, "合计不符。", (whole(seen.passages[1]),))
        assert not with_effects(seen, [plain])[0][0].effect


class TestAllErrorsTogether:
    def test_are_added(self) -> None:
        seen = view()
        errors = [wrong(seen, "1.18", "1.17"), wrong(seen, "1.5", "0", "及时")]
        _, together = with_effects(seen, errors)
        assert "总分由81.78分变为80.27分，等级仍为良" in together

    def test_leave_the_distance_to_both_boundaries_when_there_are_none(self) -> None:
        _, together = with_effects(view(), [])
        assert together == "印出的总分81.78分，等级良，高出本等级下限1.78分，距上一等级8.22分。"


class TestTheStanding:
    @pytest.mark.parametrize("bands", [BANDS, "评价按百分制打分。"])
    def test_has_the_printed_bands_or_the_usual_ones(self, bands: str) -> None:
        stands = standing(view(bands=bands))
        assert stands is not None
        assert [stands.grade(Fraction(each)) for each in (90, 80, 60, 59)] == list("优良中差")

    def test_is_not_known_without_a_total(self) -> None:
        assert standing(view_of([document("一、结论", "各项工作进展良好。")])) is None
