"""The cells of a Word table: merged ones once, each with all its lines."""

from __future__ import annotations

from tests.intake.reading.word.word_files import p, read, run, table, texts

from steelyard.intake.reading.document import Table


def tc(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def places(read_table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.words.text, c.row, c.column, c.rows, c.columns) for c in read_table.cells]


SPAN = '<w:gridSpan w:val="2"/>'
TOP = '<w:vMerge w:val="restart"/>'
DOWN = "<w:vMerge/>"


class TestMergedCells:
    def test_over_columns_stand_once(self) -> None:
        found = table(tr(tc("甲", SPAN), tc("乙")) + tr(tc("1"), tc("2"), tc("3")))
        assert places(found)[:2] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]
        assert (found.height, found.width) == (2, 3)

    def test_over_rows_stand_once(self) -> None:
        found = table(
            tr(tc("甲", TOP), tc("1")) + tr(tc("", DOWN), tc("2")) + tr(tc("乙"), tc("3"))
        )
        assert places(found) == [
            ("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1), ("乙", 2, 0, 1, 1),
            ("3", 2, 1, 1, 1),
        ]  # fmt: skip
        assert found.text_at(1, 0) == "甲"

    def test_over_rows_and_columns_stand_once(self) -> None:
        found = table(tr(tc("甲", SPAN + TOP)) + tr(tc("", SPAN + DOWN)))
        assert places(found) == [("甲", 0, 0, 2, 2)]

    def test_of_the_old_kind_stand_once(self) -> None:
        old = tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))
        assert places(table(old)) == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]

    def test_may_follow_on_each_other(self) -> None:
        found = table("".join(tr(tc(text, merge)) for text, merge in
                              (("甲", TOP), ("", DOWN), ("乙", TOP), ("", DOWN))))  # fmt: skip
        assert places(found) == [("甲", 0, 0, 2, 1), ("乙", 2, 0, 2, 1)]

    def test_without_a_top_are_cells_of_their_own(self) -> None:
        found = table(tr(tc("甲", SPAN + TOP)) + tr(tc("乙", DOWN), tc("丙", DOWN)))
        assert places(found)[1:] == [("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)]

    def test_of_absurd_width_are_cut(self) -> None:
        assert table(tr(tc("甲", '<w:gridSpan w:val="99999999"/>'))).width == 63


class TestRows:
    def test_may_begin_and_end_inside_the_grid(self) -> None:
        first = tr(tc("甲"), tc("乙"), tc("丙"))
        short = tr(tc("丁"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
        found = table(first + short)
        assert [found.text_at(1, column) for column in range(3)] == ["", "丁", ""]

    def test_that_repeat_on_every_page_are_header_rows(self) -> None:
        head = "<w:tblHeader/>"
        rows = tr(tc("甲"), properties=head) + tr(tc("乙"), properties=head) + tr(tc("1"))
        assert table(rows + tr(tc("2"), properties=head)).header_rows == 2

    def test_that_were_deleted_are_gone(self) -> None:
        found = table(tr(tc("甲")) + tr(tc("乙"), properties="<w:del/>") + tr(tc("丙")))
        assert [cell.words.text for cell in found.cells] == ["甲", "丙"]

    def test_that_are_hidden_are_marked(self) -> None:
        found = table(tr(tc("甲"), properties="<w:hidden/>") + tr(tc("乙")))
        assert [cell.hidden for cell in found.cells] == [True, False]

    def test_and_cells_may_be_wrapped(self) -> None:
        cell = f"<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>"
        found = table(f"<w:sdt><w:sdtContent>{tr(cell)}</w:sdtContent></w:sdt>")
        assert [c.words.text for c in found.cells] == ["甲"]


class TestTheTextOfACell:
    def test_has_a_line_for_each_paragraph(self) -> None:
        cell = f"<w:tc>{p('甲')}{p()}{p('乙')}</w:tc>"
        assert table(tr(cell)).text_at(0, 0) == "甲\n乙"

    def test_holds_the_lines_of_a_table_inside(self) -> None:
        inside = f"<w:tbl>{tr(tc('子'), tc('丑'))}{tr(tc('寅'))}</w:tbl>"
        cell = f"<w:tc>{p('甲')}{inside}{p('乙')}</w:tc>"
        assert table(tr(cell)).text_at(0, 0) == "甲\n子\n丑\n寅\n乙"

    def test_that_is_empty_still_has_its_place(self) -> None:
        first, second = table(tr(tc("甲"), tc())).cells
        assert second.words.text == ""
        assert (first.words.spots[0].paragraph, second.words.spots[0].paragraph) == (0, 1)


class TestTables:
    def test_stand_in_order_with_the_paragraphs(self) -> None:
        body = p("前") + f"<w:tbl>{tr(tc('甲'), tc('乙'))}</w:tbl>" + p("后。")
        blocks = read(body).blocks
        assert [isinstance(block, Table) for block in blocks] == [False, True, False]

    def test_without_cells_are_none(self) -> None:
        document = read(p(run("甲")) + "<w:tbl><w:tr/></w:tbl><w:tbl/>")
        assert texts(document) == ["甲"]
        assert not list(document.tables)
