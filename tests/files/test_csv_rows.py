"""CSV files as rows that know their line."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import Gathered, SteelyardError
from steelyard.files.rows import MOST_COLUMNS, BadTable, Row, csv_text, load_rows


def rows_of(folder: Path, text: str, *, closed: bool = True) -> list[Row]:
    path = folder / "facts.csv"
    path.write_text(text, encoding="utf-8")
    return load_rows(path, ["数据项", "数值"], ["单位"] if closed else None)


def mistakes_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(SteelyardError) as caught:
        rows_of(folder, text)
    error = caught.value
    errors = error.errors if isinstance(error, Gathered) else (error,)
    assert all(each.mend for each in errors)
    return [f"{each.where}：{each.what}" for each in errors]


class TestRows:
    def test_know_their_cells_and_their_line(self, tmp_path: Path) -> None:
        """
        数据项,数值,单位
        决算数, 12 ,万元

        "调整
        数",3
        人数,4,人
        """
        text = '数据项,数值,单位\n决算数, 12 ,万元\n\n"调整\n数",3\n人数,4,人\n'
        first, second, third = rows_of(tmp_path, text)
        assert (first["数据项"], first["数值"], first.line) == ("决算数", "12", 2)
        assert (second["数据项"], second["单位"], second.line) == ("调整\n数", "", 4)
        assert third.where("数值") == "facts.csv 第6行“数值”"
        assert third["没有的列"] == ""

    def test_may_end_short(self, tmp_path: Path) -> None:
        assert rows_of(tmp_path, "数据项,数值,单位\n决算数\n")[0]["数值"] == ""

    def test_may_carry_empty_cells_behind_the_header(self, tmp_path: Path) -> None:
        """
        数据项,数值,,
        决算数,12,,,
        """
        (row,) = rows_of(tmp_path, "数据项,数值,,\n决算数,12,,,\n")
        assert row.cells == {"数据项": "决算数", "数值": "12"}

    def test_are_none_in_a_file_of_headers(self, tmp_path: Path) -> None:
        assert rows_of(tmp_path, "数据项,数值\n,\n \n") == []

    def test_keep_unusual_separators_of_lines_inside_a_cell(self, tmp_path: Path) -> None:
        first, second = rows_of(tmp_path, "数据项,数值\n决\u2028算\x0b数,1\n人数,2\n")
        assert first["数据项"] == "决\u2028算\x0b数"
        assert second.line == 3


class TestAHeader:
    def test_has_all_its_mistakes_gathered(self, tmp_path: Path) -> None:
        assert mistakes_of(tmp_path, "数据项,单位,单位,备注\n决算数,1,2,3\n") == [
            "facts.csv 第1行：缺少列“数值”。",
            "facts.csv 第1行：列“单位”出现了2次。",
            "facts.csv 第1行：不认识的列“备注”。",
        ]

    def test_may_hold_any_column_where_none_is_ruled_out(self, tmp_path: Path) -> None:
        assert rows_of(tmp_path, "数据项,数值,备注\na,1,x\n", closed=False)[0]["备注"] == "x"

    def test_is_missing_from_an_empty_file(self, tmp_path: Path) -> None:
        assert len(mistakes_of(tmp_path, "")) == 2
        assert len(mistakes_of(tmp_path, "\n数据项,数值\n")) == 2

    def test_with_very_many_columns_is_refused_at_once(self, tmp_path: Path) -> None:
        names = ",".join(str(number) for number in range(300_000))
        began = time.perf_counter()
        assert mistakes_of(tmp_path, names) == [f"facts.csv 第1行：超过{MOST_COLUMNS}列，未读取。"]
        assert time.perf_counter() - began < 2


class TestARow:
    def test_with_too_many_cells_is_named_with_the_others(self, tmp_path: Path) -> None:
        text = "数据项,数值\n决算数,1,234\n人数,4\n预算数,5,678\n"
        assert mistakes_of(tmp_path, text) == [
            "facts.csv 第2行：这一行有3格，表头只有2列。",
            "facts.csv 第4行：这一行有3格，表头只有2列。",
        ]

    def test_with_a_quote_that_is_never_closed_is_named(self, tmp_path: Path) -> None:
        text = '数据项,数值\n人数,1\n"决算数,2\n预算数,3\n年初数,4\n'
        (mistake,) = mistakes_of(tmp_path, text)
        assert mistake == "facts.csv 第3行：引号或分隔符不配对，无法分列。"

    def test_with_a_stray_quote_is_named(self, tmp_path: Path) -> None:
        (mistake,) = mistakes_of(tmp_path, '数据项,数值\n人数,1\n"决"算数,2\n')
        assert mistake.startswith("facts.csv 第3行")

    def test_with_a_cell_of_endless_length_is_refused(self, tmp_path: Path) -> None:
        (mistake,) = mistakes_of(tmp_path, f"数据项,数值\n{'长' * 200_000},1\n")
        assert mistake == "facts.csv 第2行：有一格过长，无法读取。"

    def test_among_too_many_is_not_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("steelyard.files.rows.MOST_ROWS", 3)
        assert len(rows_of(tmp_path, "数据项,数值\n" + "a,1\n" * 3)) == 3
        with pytest.raises(BadTable, match="超过3行"):
            rows_of(tmp_path, "数据项,数值\n" + "a,1\n" * 4)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


class TestCsvText:
    @given(st.lists(st.tuples(cells, cells), max_size=6))
    def test_is_read_again_as_it_was(
        self, tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]]
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "again.csv"
        path.write_text(csv_text(["甲", "乙"], lines), encoding="utf-8", newline="")
        again = [(row["甲"], row["乙"]) for row in load_rows(path, ["甲", "乙"])]
        stripped = [(one.strip(), other.strip()) for one, other in lines]
        assert again == [line for line in stripped if any(line)]

    @given(st.text(alphabet='数据项值,"\n\t 1', max_size=40))
    def test_of_any_shape_raises_nothing_but_our_own_error(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        try:
            rows_of(tmp_path_factory.getbasetemp(), "数据项,数值\n" + text)
        except SteelyardError as error:
            assert str(error)  # noqa: PT017 - either outcome is fine, another exception is not
