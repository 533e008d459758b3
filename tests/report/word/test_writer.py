"""The Word file keeps the rules of its format, of official papers and of our references."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import time
import zipfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree
from tests.report.sample_document import sample_document
from tests.report.word.long_document import long_document
from tests.report.word.package_parts import converted, page_texts, parts, tree, w
from tests.report.word.schema_order import disorder

from steelyard.report.model.blocks import (
    Caption,
    Cell,
    Chart,
    Contents,
    Document,
    Heading,
    Paragraph,
    Point,
    Section,
    Series,
    Table,
    text_cell,
)
from steelyard.report.model.runs import Link, Text
from steelyard.report.word.heights import Grid, column_widths
from steelyard.report.word.writer import word_file


def agency_template() -> bytes:
    """A template that an agency made in Word, by python-docx."""
    template = docx.Document()
    template.add_paragraph("样张")
    template.styles["Normal"].font.name = "Arial"
    section = template.sections[0]
    section.header.paragraphs[0].text = "某某会计师事务所"
    section.left_margin = docx.shared.Mm(30)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def written() -> bytes:
    return word_file(sample_document())


@pytest.fixture(scope="module")
def on_template() -> bytes:
    return word_file(sample_document(), template=agency_template())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> list[str]:
    return page_texts(converted(written, "pdf", tmp_path_factory.mktemp("pdf")))


def of_blocks(*blocks: Heading | Paragraph | Table | Chart | Contents) -> Document:
    return Document(title="t", author="a", date="", sections=(Section(blocks=blocks),))


class TestThePackage:
    def test_is_always_the_same(self, written: bytes) -> None:
        assert word_file(sample_document()) == written
        with zipfile.ZipFile(io.BytesIO(written)) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_keeps_the_order_of_the_standard(self, written: bytes, on_template: bytes) -> None:
        for content in (written, on_template):
            for name, part in parts(content).items():
                if name.endswith(".xml") and not name.startswith(("docProps", "customXml")):
                    ours = name != "word/stylesWithEffects.xml"
                    assert not ours or list(disorder(etree.fromstring(part))) == [], name

    def test_says_what_every_part_is_and_leads_to_parts_that_are_there(
        self, written: bytes, on_template: bytes
    ) -> None:
        for content in (written, on_template):
            files = parts(content)
            types = etree.fromstring(files.pop("[Content_Types].xml"))
            named = {each.get("PartName") for each in types.iter("{*}Override")}
            parts_named = {f"/{name}" for name in files if not name.endswith(".rels")}
            assert named == parts_named
            for name, part in files.items():
                if not name.endswith(".rels"):
                    continue
                home = posixpath.dirname(posixpath.dirname(name))
                for each in etree.fromstring(part):
                    target = each.get("Target") or ""
                    path = posixpath.normpath(posixpath.join("/", home, target))
                    assert each.get("TargetMode") != "External"
                    assert path.lstrip("/") in files

    def test_opens_in_python_docx(self, written: bytes) -> None:
        opened = docx.Document(io.BytesIO(written))
        assert len(opened.tables) == 2
        assert [s.page_width.mm > 290 for s in opened.sections if s.page_width] == [
            False,
            False,
            False,
            True,
            False,
        ]
        assert opened.core_properties.created.isoformat().startswith("2025-04-03")
        assert opened.core_properties.author == "评价机构甲"

    def test_takes_less_than_a_second_for_a_long_report(self) -> None:
        document = long_document()
        word_file(document)
        began = time.process_time()
        word_file(document)
        assert time.process_time() - began < 1.0


class TestReferences:
    def test_all_have_their_bookmarks(self, written: bytes, on_template: bytes) -> None:
        for content in (written, on_template):
            root = tree(content)
            starts = [each.get(w("name")) for each in root.iter(w("bookmarkStart"))]
            ids = [each.get(w("id")) for each in root.iter(w("bookmarkStart"))]
            ends = [each.get(w("id")) for each in root.iter(w("bookmarkEnd"))]
            assert len(set(starts)) == len(starts)
            assert len(set(ids)) == len(ids)
            assert sorted(ids) == sorted(ends)
            assert all(name is not None and len(name) <= 40 for name in starts)
            instructions = " ".join(each.text or "" for each in root.iter(w("instrText")))
            wanted = re.findall(r"(?:PAGE)?REF (\S+)", instructions)
            wanted += [each.get(w("anchor"), "") for each in root.iter(w("hyperlink"))]
            assert wanted
            assert set(wanted) <= set(starts)

    def test_have_whole_fields(self, written: bytes) -> None:
        depth = 0
        kinds = [each.get(w("fldCharType")) for each in tree(written).iter(w("fldChar"))]
        for kind in kinds:
            depth += {"begin": 1, "separate": 0, "end": -1}[kind or ""]
            assert depth >= 0
        assert depth == 0
        assert len(set(Counter(kinds).values())) == 1

    def test_stand_around_the_label_of_a_caption_exactly(self, written: bytes) -> None:
        root = tree(written)
        start = next(
            e for e in root.iter(w("bookmarkStart")) if e.get(w("name"), "").startswith("_Ref")
        )
        paragraph = start.getparent()
        assert paragraph is not None
        inside, taken = False, ""
        for child in paragraph:
            if child is start:
                inside = True
            elif child.tag == w("bookmarkEnd") and child.get(w("id")) == start.get(w("id")):
                break
            elif inside:
                taken += "".join(t.text or "" for t in child.iter(w("t")))
        assert taken == "表1"

    def test_to_an_annex_mark_the_words_that_are_printed(self) -> None:
        """附件1：指标体系 … 见附件1, 见指标体系, 见无"""
        heading = Heading(
            level=1, number="附件1：", runs=(Text("指标体系"),), anchor="a", look="annex"
        )
        said = Paragraph(
            runs=(Link("a", "附件1"), Link("a", "指标体系"), Link("nowhere", "无")),
        )
        root = tree(word_file(of_blocks(heading, said)))
        assert [each.text for each in root.iter(w("instrText"))] == [" REF _Ref00000001 \\h "]
        assert [each.get(w("anchor")) for each in root.iter(w("hyperlink"))] == ["_Toc00000001"]
        assert "无" in "".join(each.text or "" for each in root.iter(w("t")))

    def test_count_as_printed_when_word_counts_again(self) -> None:
        chart = Chart(
            caption=Caption(kind="图", number=7, runs=(), anchor="c"),
            direction="bars",
            categories=("a",),
            series=(Series("s", (Point(Fraction(1), "1"),)),),
            alt="x",
        )
        root = tree(word_file(of_blocks(chart)))
        assert " SEQ 图 \\* ARABIC \\r 7 " in [each.text for each in root.iter(w("instrText"))]


class TestTheContents:
    def test_list_headings_with_the_pages_that_are_known(self) -> None:
        content = word_file(sample_document(), pages={"h1": 1, "h4": 9})
        shown = [
            "".join(
                (each.text or "") if each.tag == w("t") else "→"
                for each in p.iter(w("t"), w("tab"))
                if each.getparent().tag == w("r")
            )
            for p in next(tree(content).iter(w("sdt"))).iter(w("p"))
        ]
        assert shown == [
            "摘要→",
            "一、基本情况→1",
            "（一）部门概况→",
            "1．职责→",
            "二、结论→9",
            "附件1：指标体系→",
            "附件2：其他→",
        ]

    def test_do_not_list_their_own_title(self) -> None:
        title = Heading(level=1, runs=(Text("目录"),), anchor="t", look="part")
        other = Heading(level=1, number="一、", runs=(Text("甲"),), anchor="o")
        root = tree(word_file(of_blocks(title, Contents(), other)))
        assert len(list(next(root.iter(w("sdt"))).iter(w("p")))) == 1
        texts = "".join(each.text or "" for each in root.iter(w("t")))
        assert texts.count("目录") == 1
        assert "目　录" not in texts


class TestSections:
    def test_count_from_one_only_where_they_should(self, written: bytes) -> None:
        sections = list(tree(written).iter(w("sectPr")))
        starts = [s.find(w("pgNumType")) is not None for s in sections]
        assert starts == [False, False, True, False, False]
        turned = [s.find(w("pgSz")).get(w("orient")) for s in sections]
        assert turned == [None, None, None, "landscape", None]

    def test_have_the_margins_of_official_papers(self, written: bytes) -> None:
        upright, _, _, lying, _ = tree(written).iter(w("pgMar"))
        sides = ("top", "right", "bottom", "left")
        assert [upright.get(w(side)) for side in sides] == ["2098", "1474", "1984", "1587"]
        assert [lying.get(w(side)) for side in sides] == ["1587", "2098", "1474", "1984"]

    def test_have_numbers_outside_on_paper(self, printed: list[str]) -> None:
        """Pages without number, then — 1 — to the end, through the landscape section."""
        last = [page.strip().splitlines()[-1].strip() for page in printed]
        front = next(n for n, line in enumerate(last) if line == "— 1 —")
        assert not any("—" in line for line in last[:front])
        assert last[front:] == [f"— {n} —" for n in range(1, len(last) - front + 1)]

    def test_have_footers_left_and_right(self, written: bytes) -> None:
        files = parts(written)
        footers = [f.decode() for n, f in files.items() if n.startswith("word/footer")]
        assert sum('w:jc w:val="right"' in f and "PAGE" in f for f in footers) == 1
        assert sum('w:jc w:val="left"' in f and "PAGE" in f for f in footers) == 1
        assert b"evenAndOddHeaders" in files["word/settings.xml"]


class TestTables:
    def test_show_their_head_on_every_page(self, printed: list[str]) -> None:
        with_rows = [page for page in printed if "说明说明" in page]
        assert len(with_rows) > 3
        assert all("年初" in page and "全年" in page and "名称" in page for page in with_rows)

    def test_end_merges_before_a_third_of_a_page(self) -> None:
        """A label over 60 rows of one line."""
        rows = tuple(
            (*((Cell(lines=((Text("甲"),),), down=60),) if n == 0 else ()), text_cell(str(n)))
            for n in range(60)
        )
        table = Table(columns=(1, 1), rows=rows)
        grid = Grid(table, column_widths((1, 1), 8845), 21)
        limit = 12755 // 3
        cuts = [0, *sorted(row for row, _ in grid.restarts(limit)), 60]
        heights = [sum(grid.heights[a:b]) for a, b in itertools.pairwise(cuts)]
        assert len(heights) > 3
        assert max(heights) <= limit
        texts = [e.text for e in tree(word_file(of_blocks(table))).iter(w("t"))]
        assert texts.count("甲") == len(heights)

    def test_cut_where_a_lower_level_begins(self) -> None:
        """A label over 30 rows, beside labels over 5 each."""
        rows = tuple(
            (
                *((Cell(lines=((Text("甲"),),), down=30),) if n == 0 else ()),
                *((Cell(lines=((Text("乙"),),), down=5),) if n % 5 == 0 else ()),
                text_cell(str(n)),
            )
            for n in range(30)
        )
        grid = Grid(Table(columns=(1, 1, 1), rows=rows), column_widths((1, 1, 1), 8845), 21)
        cuts = [row for row, column in grid.restarts(12755 // 3) if column == 0]
        assert cuts
        assert all(row % 5 == 0 for row in cuts)

    def test_keep_rows_whole_unless_they_are_very_high(self) -> None:
        rows = (
            (text_cell("短"),),
            (Cell(lines=((Text("长" * 2000),),), align="left"),),
        )
        first, second = tree(word_file(of_blocks(Table(columns=(1,), rows=rows)))).iter(w("tr"))
        assert first.find(f"{w('trPr')}/{w('cantSplit')}") is not None
        assert second.find(f"{w('trPr')}/{w('cantSplit')}") is None

    def test_do_not_touch_each_other(self) -> None:
        table = Table(columns=(1,), rows=((text_cell("甲"),),))
        body = next(tree(word_file(of_blocks(table, table))).iter(w("body")))
        tags = [etree.QName(child).localname for child in body]
        assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


class TestCharts:
    def test_hold_a_workbook_with_their_values(self, written: bytes) -> None:
        book = openpyxl.load_workbook(io.BytesIO(parts(written)["word/embeddings/chart2.xlsx"]))
        rows = list(book["Sheet1"].values)
        assert rows == [(None, "分值", "得分"), ("投入", 10, 9), ("过程", 20, 15), ("产出", 30, 28)]

    def test_print_their_labels_and_unit(self, printed: list[str]) -> None:
        page = next(page for page in printed if "图2 得分与分值" in page.replace("图 2", "图2"))
        assert all(word in page for word in ("投入", "过程", "产出", "28", "分值"))

    def test_have_words_for_those_who_cannot_see(self, written: bytes) -> None:
        shown = [e.get("descr") for e in tree(written).iter("{*}docPr")]
        assert shown == ["预算变动的图示。", "得分与分值的图示。", "满意度的图示。"]

    def test_do_not_list_what_draws_nothing(self) -> None:
        points = (Point(Fraction(1, 3), "0.33"),)
        chart = Chart(
            caption=Caption(kind="图", number=1, runs=(), anchor="c"),
            direction="columns",
            stacking="sum",
            categories=("a",),
            series=(Series("底", points, -1), Series("甲", points, 0), Series("乙", points, 1)),
            alt="x",
        )
        root = etree.fromstring(parts(word_file(of_blocks(chart)))["word/charts/chart1.xml"])
        assert [e.find("{*}idx").get("val") for e in root.iter("{*}legendEntry")] == ["0"]
        assert [e.text for e in root.iter("{*}v")].count("0.333333") == 3


class TestATemplate:
    def test_gives_styles_paper_and_header(self, on_template: bytes) -> None:
        opened = docx.Document(io.BytesIO(on_template))
        assert opened.styles["Normal"].font.name == "Arial"
        assert [s.header.paragraphs[0].text for s in opened.sections] == ["某某会计师事务所"] * 5
        left = opened.sections[0].left_margin
        assert left is not None
        assert left.mm == pytest.approx(30, abs=0.1)
        texts = [p.text for p in opened.paragraphs]
        assert "样张" not in texts
        assert b"PAGE" in b"".join(
            part for name, part in parts(on_template).items() if "footer" in name
        )

    def test_keeps_its_own_footer(self) -> None:
        template = docx.Document(io.BytesIO(agency_template()))
        template.sections[0].footer.paragraphs[0].text = "第  页"
        out = io.BytesIO()
        template.save(out)
        content = word_file(sample_document(), template=out.getvalue())
        footers = [s.footer.paragraphs[0].text for s in docx.Document(io.BytesIO(content)).sections]
        assert footers == ["", "", "第  页", "第  页", "第  页"]

    def test_gives_what_libreoffice_can_print(self, on_template: bytes, tmp_path: Path) -> None:
        pages = page_texts(converted(on_template, "pdf", tmp_path))
        assert any("某某会计师事务所" in page and "基本情况" in page for page in pages)


class TestText:
    def test_that_xml_cannot_hold_is_left_out(self) -> None:
        said = Paragraph(runs=(Text("a\x00\x0b<&>\ud800\ufffe\tb\nc"),))
        root = tree(word_file(of_blocks(said)))
        assert [e.text for e in root.iter(w("t"))] == ["a<&>", "b", "c"]

    def test_of_an_empty_document_is_no_text(self) -> None:
        document = replace(sample_document(), sections=(), passages={})
        assert docx.Document(io.BytesIO(word_file(document))).paragraphs == []

    def test_breaks_a_page_without_an_empty_line(self, written: bytes) -> None:
        root = tree(written)
        broken = list(root.iter(w("pageBreakBefore")))
        assert len(broken) == 1
        assert not [e for e in root.iter(w("br")) if e.get(w("type")) == "page"]
