"""TOML files as records that know their place."""

import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import Problems, SteelyardError
from steelyard.files.records import BadRecord, BadToml, Record, exact_number, load_record
from steelyard.files.text import FileTooLarge


class Reader:
    """Reads a text as a file, and says what was gathered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = Problems()

    def read(self, text: str) -> Record:
        path = self.folder / "items.toml"
        path.write_text(text, encoding="utf-8")
        return load_record(path, self.problems)

    @property
    def said(self) -> list[str]:
        assert all(error.mend for error in self.problems.errors)
        return [f"{error.where}：{error.what}" for error in self.problems.errors]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


class TestAFile:
    @pytest.mark.parametrize(
        ("text", "where", "what"),
        [
            ('a = 1\nb = 2\na = "3"\nc = 4\n', "items.toml 第3行", "同一个键写了两次。"),
            ("a = 1\na = 2", "items.toml 第2行", "同一个键写了两次。"),
            ("[a]\nb = 1\n[a]\nc = 1\n", "items.toml 第3行", "同一个键写了两次。"),
            ("b = {a = 1, a = 2}", "items.toml 第1行", "同一个键写了两次。"),
            ("a = 1\n名称 = 2\n", "items.toml 第2行", "中文的键没有加引号。"),
            ("[leaf.预算数]\n", "items.toml 第1行", "中文的键没有加引号。"),
            ('a = "甲\nb = 1\n', "items.toml 第1行", "不符合 TOML 写法。"),
            ("a = 1\nb = \n", "items.toml 第2行", "不符合 TOML 写法。"),
            ("a = [1, 2", "items.toml 第1行", "不符合 TOML 写法。"),
            ('a = """\n甲\n乙', "items.toml 第3行", "不符合 TOML 写法。"),
        ],
    )
    def test_that_is_no_toml_is_refused_with_its_line(
        self, reader: Reader, text: str, where: str, what: str
    ) -> None:
        with pytest.raises(BadToml) as caught:
            reader.read(text)
        assert caught.value.where.startswith(where)
        assert caught.value.what == what
        assert caught.value.mend

    @pytest.mark.parametrize(
        "text",
        ["a = " + "[" * 5000, "a = " + "9" * 5000, ".".join(["a"] * 40_000) + " = 1"],
        ids=["deep brackets", "endless number", "endless key"],
    )
    def test_made_to_exhaust_the_reader_is_refused_at_once(self, reader: Reader, text: str) -> None:
        began = time.perf_counter()
        with pytest.raises(BadRecord):
            reader.read(text)
        assert time.perf_counter() - began < 1

    def test_larger_than_any_honest_one_is_refused(self, reader: Reader) -> None:
        with pytest.raises(FileTooLarge):
            reader.read("# " + "长" * 2_000_000)

    def test_with_windows_line_ends_and_a_mark_is_read(self, reader: Reader) -> None:
        record = reader.read("\ufeffa = 1\r\nb = 2\r\n")
        assert record.number("b") == 2
        assert record.where("b") == "items.toml 第2行 › b"

    @given(st.text(alphabet="ab.=[]{}\"'#\n1,-名", max_size=40))
    def test_of_any_shape_raises_nothing_but_our_own_error(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        try:
            record = Reader(tmp_path_factory.getbasetemp()).read(text)
        except SteelyardError:
            return
        for key in record.fields:
            list(record.records(key))
            record.record(key).finish()
            assert "第" in record.where(key)


class TestAField:
    def test_is_read_exactly(self, reader: Reader) -> None:
        """
        a = 0.1
        b = "5%"
        c = 1_000
        d = -0.30
        """
        record = reader.read('a = 0.1\nb = "5%"\nc = 1_000\nd = -0.30\n')
        numbers = [record.number(key) for key in "abcd"]
        assert numbers == [Fraction(1, 10), Fraction(1, 20), Fraction(1000), Fraction(-3, 10)]
        assert record.number("e", 7) == 7
        assert record.optional_number("e") is None
        assert record.optional_number("a") == Fraction(1, 10)
        assert reader.said == []

    @pytest.mark.parametrize(
        ("value", "exact"),
        [
            ("5％", Fraction(1, 20)),
            (" 0.5 ", Fraction(1, 2)),
            ("-3", Fraction(-3)),
            ("一半", None),
            ("1/2", None),
            ("1e3", None),
            ("", None),
            (True, None),
            (None, None),
            ([1], None),
            (10**50, None),
            ("9" * 21, None),
        ],
    )
    def test_is_a_number_or_not(self, value: object, exact: Fraction | None) -> None:
        assert exact_number(value) == exact

    def test_of_the_wrong_kind_is_gathered_with_all_others(self, reader: Reader) -> None:
        """
        title = true
        points = "多"
        flag = "true"
        basis = "财预〔2020〕10号"
        leaf = 1
        rule = "x"
        when = 2024-01-01
        big = 1e400
        """
        record = reader.read(
            'title = true\npoints = "多"\nflag = "true"\nbasis = "财预"\nleaf = 1\nrule = "x"\n'
            "when = 2024-01-01\nbig = 1e400\n"
        )
        record.text("title")
        record.number("points")
        record.flag("flag")
        record.texts("basis")
        assert list(record.records("leaf")) == []
        assert record.record("rule").fields == {}
        record.text("when")
        record.number("big")
        record.finish()
        assert reader.said == [
            "items.toml 第1行 › title：“title”应为文字。",
            "items.toml 第2行 › points：“points”应为数，却是“多”。",
            "items.toml 第3行 › flag：“flag”应为 true 或 false。",
            "items.toml 第4行 › basis：“basis”应为文字的列表。",
            "items.toml 第5行 › leaf：“leaf”应为若干张表。",
            "items.toml 第6行 › rule：“rule”应为一张表。",
            "items.toml 第7行 › when：“when”应为文字。",
            "items.toml 第8行 › big：“big”应为数，却是“1e400”。",
        ]

    def test_of_text_may_be_a_whole_number(self, reader: Reader) -> None:
        """version = 1"""
        record = reader.read(f"version = 1\nhuge = 0x{'f' * 5000}\n")
        assert record.text("version") == "1"
        assert record.text("huge") == ""
        assert record.number("huge") == 0
        assert reader.said == [
            "items.toml 第2行 › huge：“huge”应为文字。",
            "items.toml 第2行 › huge：“huge”应为数。",
        ]

    def test_that_is_not_there_is_asked_for(self, reader: Reader) -> None:
        record = reader.read('id = "  "\n')
        assert record.text("id") == ""
        assert record.text("title") == ""
        assert record.text("note", "—") == "—"
        assert record.number("points") == 0
        assert reader.said == [
            "items.toml 第1行 › id：“id”是空的。",
            "items.toml 第1行 › title：缺少“title”。",
            "items.toml 第1行 › points：缺少“points”。",
        ]

    def test_that_nobody_knows_is_refused_with_a_near_name(self, reader: Reader) -> None:
        """
        point = 3
        zzz = 1
        title = "甲"
        """
        record = reader.read('point = 3\nzzz = 1\ntitle = "甲"\n')
        record.text("title")
        record.optional_number("points")
        record.finish()
        assert reader.said == [
            "items.toml 第1行 › point：不认识的项“point”。",
            "items.toml 第2行 › zzz：不认识的项“zzz”。",
        ]
        assert reader.problems.errors[0].mend == "是否想写“points”？"
        assert reader.problems.errors[1].mend == "请删去，或核对写法。"


LEAVES = """\
title = "甲"
[[leaf]]            # 2
path = "一"
meaning = '''
[[leaf]]
points = 9
'''
[leaf.rule]         # 8
use = "bands"
points = 3
[leaf.term]
"预算数" = {item = "年初预算数", defined = false}
[[leaf]]            # 13
  path = "二"
  points = 2
  rule.use = "completion"
[leaf.term."决算 数"]
item = "决算数"
[[table]]           # 19
[[table.column]]
name = "序号"
[[table.column]]    # 22
unit = "万元"
[other]
points = 1
path = "三"
"""


class TestALine:
    @pytest.fixture
    def record(self, reader: Reader) -> Record:
        return reader.read(LEAVES)

    def test_is_that_of_the_nth_block(self, record: Record) -> None:
        first, second = record.records("leaf")
        assert (first.line, second.line) == (2, 13)
        assert first.where("path") == "items.toml 第3行 › path"
        assert second.where("path") == "items.toml 第14行 › path"

    def test_is_never_that_of_another_block(self, record: Record) -> None:
        first, second = record.records("leaf")
        assert first.where("points") == "items.toml 第2行 › points"
        assert second.where("points") == "items.toml 第15行 › points"
        assert second.where("basis") == "items.toml 第13行 › basis"
        (table,) = record.records("table")
        assert table.where("name") == "items.toml 第19行 › name"

    def test_is_found_inside_an_inner_table(self, record: Record) -> None:
        first, second = record.records("leaf")
        assert first.where("rule") == "items.toml 第8行 › rule"
        assert first.record("rule").where("points") == "items.toml 第10行 › rule › points"
        assert first.record("term").record("预算数").where("item").startswith("items.toml 第12行")
        assert second.record("rule").where("use") == "items.toml 第16行 › rule › use"
        term = second.record("term").record("决算 数")
        assert term.where("item") == "items.toml 第18行 › term › 决算 数 › item"

    def test_is_found_inside_an_array_of_an_array(self, record: Record) -> None:
        (table,) = record.records("table")
        first, second = table.records("column")
        assert first.where("name") == "items.toml 第21行 › name"
        assert second.where("name") == "items.toml 第22行 › name"
        assert second.where("unit") == "items.toml 第23行 › unit"

    def test_is_that_of_the_key_for_tables_written_in_line(self, reader: Reader) -> None:
        record = reader.read('a = 1\nparts = [\n  {text = "甲"},\n  {text = "乙"},\n]\n')
        assert [each.line for each in record.records("parts")] == [2, 2]

    def test_is_kept_by_a_record_cut_out_of_its_file(self) -> None:
        problems = Problems()
        record = Record.at_line({"each": "x"}, "framework.toml", 41, problems, "过程")
        record.number("each")
        assert problems.errors[0].where == "framework.toml 第41行 › 过程 › each"
