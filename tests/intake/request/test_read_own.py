"""An own workbook that was filled in: what is taken, what is asked, what is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.intake.request.department import Copy, amount, dictionary, said, values, workbook

from steelyard.facts.dictionary import Dictionary
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.sheets.read_workbook import read_delimited, read_workbook
from steelyard.intake.request.read_own import about_of, read_own
from steelyard.intake.sighting import Doubt, Seen
from steelyard.measure.nothing import NOT_APPLICABLE
from steelyard.measure.quantity import Quantity, Value


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


@pytest.fixture
def copy(known: Dictionary) -> Copy:
    return Copy(workbook(known))


class TestAFile:
    def test_that_is_no_own_workbook_is_left_to_others(self, known: Dictionary) -> None:
        other = read_delimited("表.csv", "项目,金额\n甲,1\n".encode())
        assert read_own(other, known) is None
        assert about_of(other) is None

    def test_that_is_no_workbook_is_left_to_others(self, known: Dictionary) -> None:
        assert read_own(Document("文.txt", "text", "", ()), known) is None

    def test_that_nobody_filled_in_says_nothing(self, known: Dictionary, copy: Copy) -> None:
        assert copy.read(known) == Seen()

    def test_says_what_it_was_made_for(self, copy: Copy) -> None:
        about = about_of(read_workbook("表.xlsx", copy.saved()))
        assert about is not None
        assert (about.department, about.year, about.supplier) == ("某市文旅局", "2024", "综合")
        assert about.framework == "common-2013@1"

    @pytest.mark.parametrize(
        ("department", "year", "told"),
        [("另一局", 2024, "向“某市文旅局”发出"), ("某市文旅局", 2023, "要的是2024年")],
        ids=["department", "year"],
    )
    def test_of_another_evaluation_is_refused(
        self, known: Dictionary, copy: Copy, department: str, year: int, told: str
    ) -> None:
        document = read_workbook("表.xlsx", copy.answer("决算数", 80).saved())
        seen = read_own(document, known, department=department, year=year)
        assert seen is not None
        assert seen.sightings == []
        assert told in said(seen)

    def test_of_this_evaluation_is_read(self, known: Dictionary, copy: Copy) -> None:
        document = read_workbook("表.xlsx", copy.answer("决算数", 80).saved())
        seen = read_own(document, known, department="某市文旅局", year=2024)
        assert seen is not None
        assert len(seen.sightings) == 1


class TestAFigure:
    @pytest.mark.parametrize(
        ("item", "written", "value"),
        [
            ("决算数", 80, amount("80", "万元")),
            ("决算数", 7479.37, amount("7479.37", "万元")),
            ("决算数", "１，２３４．５", amount("1234.5", "万元")),
            ("决算数", "1 234 567.8", amount("1234567.8", "万元")),
            ("决算数", "1,234.5万元", amount("1234.5", "万元")),
            ("决算数", "500元", amount("0.05", "万元")),
            ("决算数", 0, amount("0", "万元")),
            ("决算数", "—", NOT_APPLICABLE),
            ("决算数", "不适用", NOT_APPLICABLE),
            ("满意度", "92.5%", amount("92.5", "%")),
            ("满意度", 92.5, amount("92.5", "%")),
            ("批复日期", date(2024, 2, 1), date(2024, 2, 1)),
            ("批复日期", "2024年2月1日", date(2024, 2, 1)),
            ("自评等级", "良", "良"),
            ("公开网址", "0012", "0012"),
        ],
        ids=str,
    )
    def test_is_taken_as_it_is_meant(
        self, known: Dictionary, copy: Copy, item: str, written: object, value: Value
    ) -> None:
        seen = copy.answer(item, written).read(known)
        assert values(seen) == {item: value}
        assert seen.mistakes == []

    def test_is_converted_from_the_unit_that_was_chosen(
        self, known: Dictionary, copy: Copy
    ) -> None:
        (found,) = copy.answer("决算数", 123456.7, 单位="元").read(known).sightings
        assert found.value == amount("12.34567", "万元")
        assert isinstance(found.value, Quantity)
        assert found.value.unit.name == "万元"
        assert "123456.7元" in found.note

    def test_says_where_it_stands_and_what_stands_there(
        self, known: Dictionary, copy: Copy
    ) -> None:
        (found,) = copy.answer("决算数", "1,234.50").read(known).sightings
        assert str(found.place) == "数据项!F6"
        assert found.place.file == "资料采集表.xlsx"
        assert found.quote == "1,234.50"

    @pytest.mark.parametrize("period", ["2023年", 2023], ids=["text", "number"])
    def test_keeps_its_period(self, known: Dictionary, copy: Copy, period: object) -> None:
        (found,) = copy.answer("决算数", 80, 期间=period).read(known).sightings
        assert found.period == "2023年"

    def test_keeps_what_was_written_beside_it(self, known: Dictionary, copy: Copy) -> None:
        filled = copy.answer("决算数", 80, 来源="决算报表第3页", 说明="含上年结转")
        (found,) = filled.read(known).sightings
        assert found.note == "来源：决算报表第3页；说明：含上年结转"

    @pytest.mark.parametrize(
        ("number_format", "stored", "value"),
        [
            ("0.0", 12.3456, "12.3456"),
            ("#,##0", 1234.5, "1234.5"),
            ('0.00"万元"', 12.345, "12.345"),
        ],
        ids=["decimals", "whole", "unit"],
    )
    def test_is_taken_with_all_digits_that_are_stored(
        self, known: Dictionary, copy: Copy, number_format: str, stored: float, value: str
    ) -> None:
        copy.answer("决算数", stored)
        copy.at(copy.figures, "决算数", "数值").number_format = number_format
        assert values(copy.read(known)) == {"决算数": amount(value, "万元")}

    def test_in_a_cell_of_per_cent_is_a_per_cent(self, known: Dictionary, copy: Copy) -> None:
        copy.answer("满意度", 0.92567)
        copy.at(copy.figures, "满意度", "数值").number_format = "0.00%"
        assert values(copy.read(known)) == {"满意度": amount("92.567", "%")}

    def test_below_one_per_cent_says_how_it_was_read(self, known: Dictionary, copy: Copy) -> None:
        (found,) = copy.answer("满意度", 0.925).read(known).sightings
        assert found.value == amount("0.925", "%")
        assert "不是92.5%" in found.note

    def test_that_is_not_there_is_explained(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.answer("决算数", None, 说明="决算尚未批复").read(known)
        assert seen.sightings == []
        assert "决算尚未批复" in seen.remarks[0]


class TestAMistake:
    @pytest.mark.parametrize(
        ("item", "written", "told"),
        [
            ("决算数", "见附件", "“见附件”不是数"),
            ("决算数", "#DIV/0!", "公式出错"),
            ("年初预算数", -5, "不会是负数"),
            ("编制数", "92%", "“92%”是百分数"),
            ("决算数", "12.5人", "单位"),
            ("批复日期", "二月初", "不是日期"),
            ("自评等级", "合格", "只能填：优、良、中、差"),
        ],
        ids=["words", "formula", "sign", "per cent", "unit", "date", "choice"],
    )
    def test_is_told_with_its_cell_and_how_to_mend_it(
        self, known: Dictionary, copy: Copy, item: str, written: object, told: str
    ) -> None:
        seen = copy.answer(item, written).read(known)
        told_or_asked = [m.what + m.mend for m in seen.mistakes] + [q.text for q in seen.questions]
        assert seen.sightings == []
        assert told in told_or_asked[0]
        assert f"“{item}”" in told_or_asked[0]

    def test_of_a_unit_stands_at_the_unit(self, known: Dictionary, copy: Copy) -> None:
        seen = copy.answer("决算数", 80, 单位="人").read(known)
        assert seen.sightings == []
        assert said(seen).startswith("数据项!E6：“决算数”的单位写成了“人”，应为“万元”")

    def test_of_a_unit_is_a_percentage_point_for_a_per_cent(
        self, known: Dictionary, copy: Copy
    ) -> None:
        assert "个百分点" in said(copy.answer("满意度", 2, 单位="个百分点").read(known))

    def test_is_a_formula_without_a_result(self, known: Dictionary, copy: Copy) -> None:
        assert "公式没有存下结果" in said(copy.answer("决算数", "=1+2").read(known))

    def test_is_an_item_that_the_dictionary_does_not_know_any_more(
        self, copy: Copy, tmp_path: Path
    ) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        changed = dictionary(tmp_path, text.replace('name = "编制数"', 'name = "核定编制数"'))
        seen = copy.answer("编制数", 30).read(changed)
        assert "“编制数”不在现用的数据字典里" in said(seen)
        assert "数据字典有变动" in seen.remarks[-1]

    def test_is_none_when_the_new_name_has_the_old_one_for_an_alias(
        self, copy: Copy, tmp_path: Path
    ) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        renamed = 'name = "核定编制数"\naliases = ["编制数"]'
        changed = dictionary(tmp_path, text.replace('name = "编制数"', renamed))
        assert list(values(copy.answer("编制数", 30).read(changed))) == ["核定编制数"]

    def test_is_a_figure_that_is_computed_by_now(self, copy: Copy, tmp_path: Path) -> None:
        text = (tmp_path / "items.toml").read_text(encoding="utf-8")
        computed = 'name = "编制数"\nformula = "2人"'
        changed = dictionary(tmp_path, text.replace('name = "编制数"', computed))
        seen = copy.answer("编制数", 30).read(changed)
        assert seen.sightings == []
        assert "由系统计算" in seen.remarks[0]


class TestADoubt:
    @pytest.mark.parametrize(
        ("item", "written", "candidates"),
        [
            ("决算数", "无", ("0", "—")),
            ("决算数", "(12.5)", ("-12.5", "12.5")),
            ("批复日期", "20240201", ("2024-02-01",)),
            ("批复日期", 45323, ("2024-02-01",)),
        ],
        ids=["nothing or nought", "brackets", "eight digits", "serial number"],
    )
    def test_is_asked_and_nothing_taken(
        self, known: Dictionary, copy: Copy, item: str, written: object, candidates: tuple[str, ...]
    ) -> None:
        copy.answer(item, written)
        copy.at(copy.figures, item, "数值").number_format = "General"
        seen = copy.read(known)
        (question,) = seen.questions
        assert seen.sightings == []
        assert question.candidates == candidates
        assert question.place.cell.startswith("F")

    def test_that_was_answered_is_taken_as_answered(self, known: Dictionary, copy: Copy) -> None:
        copy.answer("决算数", "无")
        key = copy.read(known).questions[0].key
        answered = copy.read(known, **{key: "0"})
        assert values(answered) == {"决算数": amount("0", "万元")}
        assert answered.questions == []

    def test_that_was_set_aside_is_not_asked_again(self, known: Dictionary, copy: Copy) -> None:
        copy.answer("决算数", "无")
        key = copy.read(known).questions[0].key
        assert copy.read(known, **{key: "忽略"}) == Seen()

    def test_is_a_unit_that_was_taken_out(self, known: Dictionary, copy: Copy) -> None:
        copy.answer("决算数", 80, 单位=None)
        (question,) = copy.read(known).questions
        assert question.doubt is Doubt.UNIT
        assert values(copy.read(known, **{question.key: "元"})) == {
            "决算数": amount("0.008", "万元")
        }
