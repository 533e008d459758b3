"""Every character leads back to its place in the file, and to the run that holds it."""

from __future__ import annotations

from pathlib import Path

from tests.intake.reading.word.test_numbering import OFFICIAL, item
from tests.intake.reading.word.test_paragraphs import TWICE, TestNotes
from tests.intake.reading.word.word_files import docx, p, read, root_of, run

from steelyard.intake.reading.document import Document, Paragraph, Spot, Table, Words
from steelyard.intake.reading.word.parts import load_parts
from steelyard.intake.reading.word.read_word import read_word
from steelyard.intake.reading.word.visible import atoms, paragraphs, run_stretches

PAGE = '<w:r><w:br w:type="page"/></w:r>'
LAID_OUT = "<w:r><w:lastRenderedPageBreak/></w:r>"
GONE = "<w:rPr><w:del/></w:rPr>"


def all_words(document: Document) -> list[Words]:
    found: list[Words] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [cell.words for cell in block.cells]
        else:
            found.append(block.words)
    return found


def counted(words: Words) -> list[tuple[int, int | None, int]]:
    return [(spot.offset, spot.paragraph, spot.inner) for spot in words.spots]


def first(document: Document) -> Words:
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    return block.words


def led_back(content: bytes) -> int:
    """Follow every stretch of a file that is read back to its runs; return how many."""
    parts = load_parts(content)
    roots = {parts.document.name: parts.document.root}
    roots |= {each.name: each.root for each in parts.others.values()}
    found = {name: paragraphs(root) for name, root in roots.items()}
    followed = 0
    for words in all_words(read_word("a.docx", content)):
        assert words.spots[0].offset == 0
        for index, spot in enumerate(words.spots):
            later = words.spots[index + 1 :]
            said = words.text[spot.offset : later[0].offset if later else None].rstrip("\n")
            assert spot.paragraph is not None
            text = "".join(atom.text for atom in atoms(found[spot.part][spot.paragraph]))
            is_number = index == 0 and said not in text
            if said and not is_number:
                assert text[spot.inner : spot.inner + len(said)] == said
                followed += 1
    return followed


class TestAPlace:
    def test_names_part_and_paragraph(self) -> None:
        document = read(p("甲") + f"<w:tbl><w:tr><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>" + p("丙"))
        assert [words.spots for words in all_words(document)] == [
            (Spot(0, part="word/document.xml", paragraph=index),) for index in range(3)
        ]

    def test_counts_paragraphs_of_boxes_however_they_are_written(self) -> None:
        document = read(p(run("甲") + TWICE) + p("乙"))
        assert [words.spots[0].paragraph for words in all_words(document)] == [0, 1, 3]

    def test_in_a_note_is_in_another_part(self) -> None:
        document = read(p(run("甲") + TestNotes.CALL), footnotes=TestNotes.NOTES)
        spots = [words.spots[0] for words in all_words(document)]
        assert [(spot.part, spot.paragraph, spot.inner) for spot in spots] == [
            ("word/document.xml", 0, 0), ("word/footnotes.xml", 1, 1), ("word/footnotes.xml", 2, 0),
        ]  # fmt: skip

    def test_passes_over_white_space_and_hidden_words(self) -> None:
        words = first(read(p(run("　　预算") + run("内部", "<w:vanish/>") + run("数 "))))
        assert words.text == "预算数"
        assert counted(words) == [(0, 0, 2), (2, 0, 6)]

    def test_of_a_number_is_apart_from_the_text(self) -> None:
        words = first(read(item(" 甲乙"), numbering=OFFICIAL))
        assert words.text == "一、甲乙"
        assert counted(words) == [(0, 0, 0), (2, 0, 1)]

    def test_in_joined_paragraphs_names_each(self) -> None:
        words = first(read(p("甲 ", GONE) + p("", GONE) + p("乙 ")))
        assert words.text == "甲 乙"
        assert counted(words) == [(0, 0, 0), (2, 2, 0)]

    def test_in_a_cell_names_each_line(self) -> None:
        (table,) = read(f"<w:tbl><w:tr><w:tc>{p('甲')}{p()}{p('乙')}</w:tc></w:tr></w:tbl>").tables
        assert counted(table.cells[0].words) == [(0, 0, 0), (2, 2, 0)]


class TestAPage:
    def pages(self, body: str) -> list[int | None]:
        return [words.spots[0].page for words in all_words(read(body))]

    def test_is_unknown_in_a_file_that_was_never_laid_out(self) -> None:
        assert self.pages(p("甲") + p(PAGE) + p("乙")) == [None, None]

    def test_is_counted_by_remembered_breaks(self) -> None:
        body = p("甲") + p(run("乙") + LAID_OUT + run("丙"))
        assert self.pages(body) == [1, 1]
        assert [spot.page for spot in all_words(read(body))[1].spots] == [1, 2]

    def test_is_counted_once_where_a_break_was_set_and_remembered(self) -> None:
        assert self.pages(p(run("甲") + PAGE) + p(LAID_OUT + run("乙"))) == [1, 2]

    def test_is_counted_for_a_break_that_was_only_set(self) -> None:
        assert self.pages(p(LAID_OUT + run("甲") + PAGE) + p("乙")) == [2, 3]

    def test_of_a_row_is_the_same_for_all_its_cells(self) -> None:
        broken = p(run("甲") + LAID_OUT + run("乙"))
        row = f"<w:tr><w:tc>{broken}</w:tc><w:tc>{broken}</w:tc></w:tr>"
        assert self.pages(f"<w:tbl>{row}</w:tbl>{p('丙')}") == [1, 1, 2]

    def test_may_begin_with_a_row(self) -> None:
        row = f"<w:tr><w:tc>{p(LAID_OUT + run('甲'))}</w:tc><w:tc>{p('乙')}</w:tc></w:tr>"
        assert self.pages(p("前。") + f"<w:tbl>{row}</w:tbl>{p('丙')}") == [1, 2, 2, 2]


class TestTheStretchesOfRuns:
    def test_cover_the_characters_one_after_the_other(self) -> None:
        body = (
            f"<w:p>{run('甲乙')}<w:del>{run('丙')}</w:del><w:ins>{run('丁')}</w:ins>"
            f"<w:r><w:tab/><w:t>戊</w:t></w:r>{run('己', '<w:vanish/>')}"
            "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r/></w:p>"
        )
        root = root_of(body)
        (paragraph,) = paragraphs(root)
        stretches = run_stretches(paragraph)
        assert [(start, end) for _, start, end in stretches] == [
            (0, 2), (2, 3), (3, 5), (5, 6), (6, 7),
        ]  # fmt: skip
        assert ["".join(e.itertext()) for e, _, _ in stretches] == ["甲乙", "丁", "戊", "己", "x"]

    def test_name_the_outermost_run(self) -> None:
        ruby = f"<w:ruby><w:rt>{run('q')}</w:rt><w:rubyBase>{run('权')}</w:rubyBase></w:ruby>"
        (paragraph,) = paragraphs(root_of(f"<w:p><w:r>{ruby}</w:r></w:p>"))
        ((element, start, end),) = run_stretches(paragraph)
        assert element is paragraph[0]
        assert (start, end) == (0, 1)

    def test_leave_text_boxes_to_their_own_paragraphs(self) -> None:
        outer, inner, _ = paragraphs(root_of(p(run("甲") + TWICE)))
        assert [end for _, _, end in run_stretches(outer)] == [1]
        assert [end for _, _, end in run_stretches(inner)] == [2]


class TestEveryPlace:
    def test_of_a_mixed_file_leads_back(self) -> None:
        hidden = run("密", "<w:vanish/>")
        body = (
            item("　甲") + p(run(" 乙") + hidden + run("丙") + TWICE) + p("丁", GONE) + p(" 戊 ")
            + f"<w:tbl><w:tr><w:tc>{p('己')}{p(' 庚')}</w:tc></w:tr></w:tbl>"
            + p(run("辛") + TestNotes.CALL)
        )  # fmt: skip
        content = docx(body, numbering=OFFICIAL, footnotes=TestNotes.NOTES)
        assert led_back(content) == 11

    def test_of_a_published_report_leads_back(self, case_dir: Path) -> None:
        assert led_back((case_dir / "report.docx").read_bytes()) > 2000
