"""What an outline, words or narrative may not do: each is told, none ends in a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.report.whole.sample_report import Copy, composed, sample

from steelyard.errors import Gathered, Problems, SteelyardError
from steelyard.report.compose.here import NOWHERE, Here
from steelyard.report.compose.load_outline import load_outline
from steelyard.report.compose.mask import mask
from steelyard.report.compose.numbering import chinese
from steelyard.report.compose.passage import pieces, plain_markdown
from steelyard.report.compose.printed import BadFormat
from steelyard.report.compose.references import References
from steelyard.report.compose.typed import typed_numbers
from steelyard.report.model.blocks import (
    Document,
    Paragraph,
    Section,
    Table,
    runs_of,
    text_cell,
)
from steelyard.report.model.runs import Figure, Text, plain_text


class TestWords:
    @pytest.mark.parametrize("name", ["总分", "全年预算数", "项目", "简秤"])
    def test_may_hide_no_figure_and_be_no_others(self, tmp_path: Path, name: str) -> None:
        copy = Copy(tmp_path / "evaluation")
        copy.change("report/report.toml", "[words]", f'[words]\n"{name}" = "99.99"')
        with pytest.raises(Gathered) as caught:
            composed(copy.folder)
        assert name in str(caught.value)
        assert "report.toml" in str(caught.value)

    def test_may_not_go_in_circles_or_too_deep(self) -> None:
        words = {"甲": "{{ 乙 }}", "乙": "{{ 甲 }}"}
        with pytest.raises(SteelyardError, match="甲 → 乙 → 甲"):
            References(sample()[0], words).runs("{{ 甲 }}", NOWHERE)
        deep = {f"词{n}": f"{{{{ 词{n + 1} }}}}" for n in range(1200)} | {"词1200": "底"}
        with pytest.raises(SteelyardError, match="层"):
            References(sample()[0], deep).runs("{{ 词0 }}", NOWHERE)

    def test_may_not_grow_without_end(self) -> None:
        words = {f"词{n}": f"{{{{ 词{n + 1} }}}}{{{{ 词{n + 1} }}}}" for n in range(18)}
        started = time.process_time()
        with pytest.raises(SteelyardError):
            References(sample()[0], words | {"词18": "很长的话"}).runs("{{ 词0 }}", NOWHERE)
        assert time.process_time() - started < 2


class TestFormats:
    @pytest.mark.parametrize(
        "reference",
        [
            "总分 | 0位",
            "得分率：投入 | 0位",
            "实际值：全州工业税收 | 万元",
            "部门 | 亿元",
            "报告日期 | 数",
        ],
    )
    def test_are_never_passed_over(self, reference: str) -> None:
        with pytest.raises(BadFormat):
            References(sample()[0], {}).runs(f"{{{{ {reference} }}}}", NOWHERE)

    def test_of_a_table_turn_bare_numbers_into_its_unit(self) -> None:
        references = References(sample()[0], {})
        (run,) = references.runs("{{ 全年预算数 | 数 | 4位 }}", Here(unit="亿元"))
        assert isinstance(run, Figure)
        assert run.text == "0.7479"
        (again,) = references.runs(f"{{{{ {run.reference} }}}}", NOWHERE)
        assert again.text == run.text


class TestNarrative:
    @pytest.mark.parametrize("source", ["\ue0005\ue001", "\ue000甲\ue001", "前\ue000后"])
    def test_with_private_signs_is_told_and_loses_no_words(self, source: str) -> None:
        problems = Problems()
        found = pieces(source, problems)
        assert problems.errors
        words = source.replace("\ue000", "").replace("\ue001", "")
        assert "".join(span.text for piece in found for span in piece.spans) == words

    def test_with_a_heading_too_deep_prints_none(self) -> None:
        problems = Problems()
        assert pieces("##### 五级", problems) == ()
        assert problems.errors

    @pytest.mark.parametrize("words", ["见第1,2,3项", "共٣个", f"编号{'9' * 50}"])
    def test_with_strange_numbers_is_read(self, words: str) -> None:
        (piece,) = pieces(words, Problems())
        list(typed_numbers(piece, "甲", sample()[0]))

    def test_with_many_open_braces_is_read_at_once(self) -> None:
        started = time.process_time()
        pieces("{{" + " " * 30000 + "x", Problems())
        assert time.process_time() - started < 2

    def test_says_names_as_they_are(self) -> None:
        (piece,) = pieces(plain_markdown("投入*产出*比[1]_a_"), Problems())
        assert "".join(span.text for span in piece.spans) == "投入*产出*比[1]_a_"


class TestAnOutlineOfOnesOwn:
    @pytest.mark.parametrize(
        ("part", "said"),
        [
            ('heading = "甲"\nlevel = 9', "1到4"),
            ('heading = "甲"\nlevel = 1.5', "1到4"),
            ('findings = "problems"\nlevel = 4', "1到3"),
            ('chart = "execution"\ncaption = "甲"\nof = "项目"', "budget"),
            ('chart = "scores"\ncaption = "甲"\nof = "甲"', "层级"),
            ('table = "指标"\n[[section.part.column]]\ntitle = "甲"\nwidth = 0', "width"),
            ("form = [0, 1]", "宽度"),
            ('wrong = "甲"', "不知道"),
        ],
    )
    def test_is_told_what_is_wrong_with_it(self, tmp_path: Path, part: str, said: str) -> None:
        path = tmp_path / "mine.toml"
        path.write_text(
            f'id = "mine"\ntitle = "甲"\n[[section]]\n[[section.part]]\n{part}\n', encoding="utf-8"
        )
        with pytest.raises(Gathered) as caught:
            load_outline(path)
        assert said in str(caught.value)
        assert "mine.toml 第" in str(caught.value)

    def test_whose_form_is_torn_is_refused(self, tmp_path: Path) -> None:
        copy = Copy(tmp_path / "evaluation")
        (copy.folder / "mine.toml").write_text(
            'id = "mine"\ntitle = "甲"\n[[section]]\n[[section.part]]\nform = [1, 1]\n'
            '[[section.part.row]]\ncell = [{ label = "只有一格" }]\n',
            encoding="utf-8",
        )
        settings = copy.folder / "report" / "report.toml"
        settings.write_text('outline = "./mine.toml"\n', encoding="utf-8")
        with pytest.raises(Gathered) as caught:
            composed(copy.folder)
        assert "只有一格" in str(caught.value)


class TestThePublicationCopy:
    @pytest.mark.parametrize(
        "runs",
        [
            (Text("欧阳", strong=True), Text("建国")),
            (Text("欧阳 建国"),),
            (Figure("欧阳建国", "评价组成员[1].姓名"),),
        ],
    )
    def test_finds_names_however_they_are_set(self, runs: tuple[Text | Figure, ...]) -> None:
        copy = self._masked(Paragraph(runs=runs))
        assert "欧阳" not in plain_text(run for b in copy.blocks() for run in runs_of(b))

    @pytest.mark.parametrize(
        "text",
        [
            "１３９１２３４５６７８",
            "(0854)8222222",
            "0854—8222222",
            "a.b@中国.cn",
            "ａｂ＠qq.com",
            "52270119900101123Ｘ",
            "522701 1990 0101 1234",
            "fe80:1:2:3:4:5:6:7",
        ],
    )
    def test_finds_shapes_however_they_are_typed(self, text: str) -> None:
        copy = self._masked(Paragraph(runs=(Text(f"见{text}。"),)))
        assert text not in plain_text(run for b in copy.blocks() for run in runs_of(b))

    def test_looks_into_heads_authors_and_references(self) -> None:
        table = Table(columns=(1,), head=((text_cell("欧阳建国"),),), rows=((text_cell("甲"),),))
        counted = Figure("1", "count(评价组成员, 姓名 = “欧阳建国”)", "算式:欧阳建国", numeric=True)
        copy = self._masked(table, Paragraph(runs=(counted,)), author="欧阳建国")
        assert "欧阳" not in repr(copy)

    def _masked(self, *blocks: Paragraph | Table, author: str = "甲") -> Document:
        document = Document(title="t", author=author, date="", sections=(Section(blocks=blocks),))
        words = {"联系人": "欧阳 建国 13812345678"}
        return mask(document, sample()[0].evaluation, words).document


@pytest.mark.parametrize(
    ("number", "said"), [(100, "一百"), (101, "一百零一"), (110, "一百一十"), (120, "一百二十")]
)
def test_more_than_a_hundred_headings_have_numbers(number: int, said: str) -> None:
    assert chinese(number) == said
