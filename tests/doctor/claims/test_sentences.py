"""What sentences claim with numbers, recomputed."""

import pytest
from tests.doctor.made_documents import document, run

from steelyard.doctor.claims import breakdowns, check_claims, equations
from steelyard.doctor.claims.claim import claims
from steelyard.doctor.finding import Severity
from steelyard.doctor.ledger import State


class TestRatios:
    @pytest.mark.parametrize(
        "text",
        [
            "全年预算数 300 万元（其中：财政拨款 300 万元），全年执行数 150 万元，执行率 50%。",
            "预算安排 80.5 万元，实际支出 61.3 万元，预算执行率为 76.15%。",
            "全年预算数为 15 万元，全年执行数为 13.76 万元，执行率 92%。",
            "共有编制 68 人，其实际在职人数为 65 人，在职人员控制率 95.59%。",
            "计划完成 90.4 万吨，实际完成 93.8 万吨，完成率 103.76%。",
            "采购预算金额 92.1 万元，实际金额 90.86 万元。政府采购执行率 98.65%。",
        ],
    )
    def test_hold_to_their_printed_precision(self, text: str) -> None:
        findings, ledger = run(check_claims.check, document(text))
        assert not findings
        assert ledger.counts()[State.VERIFIED] >= 3

    def test_that_do_not_hold_are_told_with_what_comes_out(self) -> None:
        text = "全年预算数 40 万元，全年执行数 40 万元，执行率 92%。"
        findings, ledger = run(check_claims.check, document(text))
        assert [(f.rule, f.severity, f.computed) for f in findings] == [
            ("R01", Severity.ERROR, "40÷40=100%")
        ]
        assert findings[0].places[0].exact == "92%"
        assert ledger.counts()[State.CONTRADICTED] == 3

    def test_that_rounded_inputs_may_explain_are_asked_about(self) -> None:
        text = "全年预算数 1.1 亿元，全年执行数 0.6 亿元，执行率 55.1%。"
        findings, _ = run(check_claims.check, document(text))
        assert [f.severity for f in findings] == [Severity.QUESTION]

    def test_that_say_about_are_passed_over(self) -> None:
        text = "全年预算数 40 万元，全年执行数 30 万元，执行率约 76%。"
        assert not run(check_claims.check, document(text))[0]

    def test_leave_out_what_the_rule_leaves_out(self) -> None:
        text = (
            "年初预算数 4000 万元，预算调整数 3000 万元，其中：新增上级专项资金产生的调整数"
            " 1000 万元。预算调整率 50.00%。"
        )
        assert not run(check_claims.check, document(text))[0]


RIGHT = {
    "growth of two years": "2022年支出5630.00万元，2023年支出6191.29万元，同比增长9.97%。",
    "growth, the later year first": "2023年收入6191.29万元，2022年收入5630.00万元，同比增长9.97%。",
    "fall of two years": "2022年支出500万元，2023年支出400万元，2023年支出比上年下降20%。",
    "growth over last year": "2023年支出6191.29万元，比上年的5630.00万元增长9.97%。",
    "growth by an amount": "2023年支出6191.29万元，比上年增加561.29万元，增长9.97%。",
    "left over of the budget": "全年预算6719.57万元，年末结转结余528.28万元，结转结余率为7.86%。",
    "left over, then the budget": "年末结转结余528.28万元，全年预算6719.57万元，结转结余率7.86%。",
    "adjustment": "年初预算5800.70万元，调整后预算6719.57万元，预算调整率15.84%。",
    "staff": "编制86人，实有82人，在职人员控制率95.35%。",
    "assets": "固定资产总额1000万元，在用900万元，固定资产利用率90%。",
    "division in brackets": "固定资产利用率90%（900/1000）。",
    "both in brackets": "资金到位率90%（预算500万元，到位450万元）。",
    "share of a named whole": "共核查项目4个，占项目总数6个的66.67%。",
    "price times amount": "补助标准每亩200元，补助面积1.5万亩，补助资金300万元。",
    "so many each": "培训12期，每期50人，共培训600人次。",
}


class TestRatesOfTwoAmounts:
    @pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
    def test_hold(self, text: str) -> None:
        findings, ledger = run(check_claims.check, document(text))
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 3

    @pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
    def test_are_found_with_another_digit(self, text: str) -> None:
        _, ledger = run(check_claims.check, document(text))
        last = max((entry.figure for entry in ledger), key=lambda figure: figure.start)
        rate = next((e.figure for e in ledger if e.figure.unit == "%"), last)
        digit = "3" if text[rate.start] != "3" else "4"
        changed = text[: rate.start] + digit + text[rate.start + 1 :]
        findings, _ = run(check_claims.check, document(changed))
        assert [f.severity for f in findings] == [Severity.ERROR]

    def test_are_asked_about_where_another_part_stands_before(self) -> None:
        text = "财政资金400万元，其他资金100万元，占总预算500万元的100%。"
        assert [f.severity for f in run(check_claims.check, document(text))[0]] == [
            Severity.QUESTION
        ]

    def test_at_constant_prices_are_passed_over(self) -> None:
        text = "2022年地区生产总值100亿元，2023年地区生产总值110亿元，同比增长6.5%。"
        assert not run(check_claims.check, document(text))[0]

    def test_show_their_units_where_sizes_differ(self) -> None:
        text = "补助标准每亩200元，补助面积1.5万亩，补助资金30万元。"
        (finding,) = run(check_claims.check, document(text))[0]
        assert finding.computed == "200元×1.5万亩=300万元"


class TestPoints:
    def test_lost_and_earned_make_the_weight(self) -> None:
        good = "该指标分值为 3 分，扣 0.5 分，实际得分 2.5 分。"
        bad = "该指标权重为 3 分，扣 0.5 分，得 2 分。该指标分值为 3 分，扣 0.5 分，得分 2 分。"
        assert not run(check_claims.check, document(good))[0]
        assert [f.rule for f in run(check_claims.check, document(bad))[0]] == ["R03", "R03"]


class TestEquations:
    @pytest.mark.parametrize(
        "text",
        [
            "预算完成率=（5069.77/7479.37）*100%=67.78%",
            "得分=90%*2=1.8 分",
            "调整数=7479.37-4501.85=2977.52 万元",
            "得分=2-2*35.96%=1.28 分",
            "满意度=（22+9）/41=75.61%",
            "比率=78.125%=78.13%",
            "新增调整数 1358.72 万元=1618.80/4501.85=35.96%",
            "完成率=实际数/计划数×100%。",
        ],
    )
    def test_that_hold_are_silent(self, text: str) -> None:
        assert not run(equations.check, document(text))[0]

    def test_are_worked_out_from_rounded_or_exact_sides(self) -> None:
        # 322/500 is 64.4 %, and 64.4 % of 2 is 1.288.
        assert not run(equations.check, document("得分=322/500=64.40%，得分=64.40%*2=1.29 分"))[0]

    def test_that_do_not_hold_name_the_result(self) -> None:
        findings, _ = run(equations.check, document("得分=58.36%*2=1.18 分"))
        assert [(f.rule, f.computed) for f in findings] == [("R02", "58.36%×2=1.1672分")]

    def test_of_a_rate_in_words_multiply_by_a_hundred_per_cent(self) -> None:
        findings, _ = run(equations.check, document("完成率=（实际数/计划数）×900%。"))
        assert [f.rule for f in findings] == ["R02"]


class TestBreakdowns:
    def test_that_add_up_are_verified(self) -> None:
        text = "决算支出 5069.77 万元，其中：基本支出 1665.49 万元，项目支出 3404.28 万元。"
        findings, ledger = run(breakdowns.check, document(text))
        assert not findings
        assert ledger.counts()[State.VERIFIED] == 3

    def test_that_are_complete_and_do_not_are_errors(self) -> None:
        text = "决算支出 5069.77 万元，其中：基本支出 1665.49 万元，项目支出 3405.28 万元。"
        findings, _ = run(breakdowns.check, document(text))
        assert [f.severity for f in findings] == [Severity.ERROR]

    def test_need_not_name_every_part(self) -> None:
        text = "全年投入 90 万元，其中：培训 20 万元，宣传 30 万元。"
        assert not run(breakdowns.check, document(text))[0]

    def test_before_a_sum_have_to_make_it(self) -> None:
        good = "年初安排 11 个项目，年中追加 19 个项目，共计 30 个项目。"
        bad = "年初安排 11 个项目，年中追加 19 个项目，共计 31 个项目。"
        assert not run(breakdowns.check, document(good))[0]
        assert len(run(breakdowns.check, document(bad))[0]) == 1

    def test_count_what_stands_in_brackets_once(self) -> None:
        text = "领导职数 13 名（含书记 1 名、工程师 1 名）。"
        assert not run(breakdowns.check, document(text))[0]


def test_every_claim_says_what_it_is_and_names_its_numbers() -> None:
    for claim in claims():
        assert claim.title
        assert claim.rule.startswith("R")
        assert claim.printed in {slot.name for slot in claim.slots}


class TestPartsWithoutAUnit:
    def test_have_the_unit_of_their_whole(self) -> None:
        text = "全年预算数56.72万元（其中：上级财政拨款资金{}，本级安排0万元，其他资金0万元）。"
        assert not run(breakdowns.check, document(text.format("56.72")))[0]
        assert run(breakdowns.check, document(text.format("57.72")))[0]


class TestPartsAboveTheirWhole:
    @pytest.mark.parametrize(
        "text",
        [
            "核定编制86人，其中：行政编制18人、参公编制22人、事业编制48人。",
            "项目总投资3200万元，其中财政资金2000万元、自筹资金1300万元。",
        ],
    )
    def test_are_errors_where_they_are_named_alike(self, text: str) -> None:
        assert [f.severity for f in run(breakdowns.check, document(text))[0]] == [Severity.ERROR]

    def test_are_asked_about_where_one_may_be_counted_twice(self) -> None:
        text = "在职86人，其中：党员50人、女职工48人。"
        assert [f.severity for f in run(breakdowns.check, document(text))[0]] == [Severity.QUESTION]


class TestTheWrongEquation:
    def test_prints_what_the_sides_come_to(self) -> None:
        (finding,) = run(equations.check, document("得分=6×92.14%=5.35 分"))[0]
        assert finding.computed == "6×92.14%=5.5284分"

    def test_keeps_the_brackets_of_a_side(self) -> None:
        (finding,) = run(equations.check, document("得分=（3-1）×2=5 分"))[0]
        assert finding.computed == "（3-1）×2=4分"
