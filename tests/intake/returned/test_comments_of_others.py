"""Comments that were there, and the drawings in which their boxes stand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.intake.returned.made_books import (
    MAIN,
    copied,
    full_book,
    mistake,
    openpyxl_book,
    package,
    parts,
    related,
    rows,
)

from steelyard.intake.returned.annotated import annotated_copy

COMMENTS, DRAWING = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
SAID = "［错误］执行率应为百分数。\n请改为 95.0%。"


def book(comments: str = "", drawing: str = "", *, legacy: bool = True) -> bytes:
    """A workbook with a comment part, a drawing part, or both."""
    named = [("vmlDrawing", f"/{DRAWING}")] if drawing else []
    named += [("comments", f"/{COMMENTS}")] if comments else []
    more = {"xl/worksheets/_rels/sheet1.xml.rels": related(*named)}
    more |= {DRAWING: drawing} if drawing else {}
    more |= {COMMENTS: comments} if comments else {}
    link = '<legacyDrawing r:id="r1"/>' if drawing and legacy else ""
    return package(rows("A1", "A2", "B7") + link, more=more)


def comments(inside: str, *, authors: str = "<authors><author>甲</author></authors>") -> str:
    return f'<comments xmlns="{MAIN}">{authors}<commentList>{inside}</commentList></comments>'


def one(cell: str, text: str) -> str:
    return f'<comment ref="{cell}" authorId="0"><text>{text}</text></comment>'


def drawing(inside: str) -> str:
    return f"<xml {SPACES}>{inside}</xml>"


def note(row: int, column: int, anchor: str = "") -> str:
    place = f"<x:Anchor>{anchor}</x:Anchor>" if anchor else ""
    return (
        f'<v:shape id="_x0000_s1030" type="#_x0000_t202"><x:ClientData ObjectType="Note">{place}'
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def copy_of(content: bytes, *cells: str) -> dict[str, bytes]:
    return parts(annotated_copy(content, [mistake(cell, sheet="甲") for cell in cells]))


def said(content: bytes, cell: str) -> Any:
    return copied(content, mistake(cell, sheet="甲"))["甲"][cell].comment.text


def anchors(copy: dict[str, bytes], name: str = DRAWING) -> dict[tuple[int, int], list[int]]:
    """Where each box stands, by row and column of its cell."""
    found = re.findall(
        r"Anchor>([^<]*)</\w*:?Anchor>(?:(?!ClientData).)*?Row>(\d+)<.*?Column>(\d+)<",
        copy[name].decode(),
    )
    return {
        (int(row), int(column)): [int(each) for each in place.split(",")]
        for place, row, column in found
    }


class TestAComment:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("<t>原有</t>", f"原有\n{SAID}"),
            ("<r><t>原</t></r><r><t>有</t></r>", f"原有\n{SAID}"),
            ("", SAID),
        ],
        ids=["bare words", "runs", "nothing"],
    )
    def test_that_was_there_comes_before_ours(self, text: str, expected: str) -> None:
        content = book(comments(one("B7", text)), drawing(note(6, 1)))
        assert said(content, "B7") == expected

    def test_never_has_bare_words_beside_runs(self) -> None:
        content = book(comments(one("B7", "<t>原有</t>")), drawing(note(6, 1)))
        assert (
            b"<text><r><t>\xe5\x8e\x9f\xe6\x9c\x89</t></r><r>" in copy_of(content, "B7")[COMMENTS]
        )

    def test_stays_with_its_author(self) -> None:
        content = book(comments(one("B7", "<t>原有</t>")), drawing(note(6, 1)))
        sheet = copied(content, mistake("A2", sheet="甲"))["甲"]
        assert (sheet["B7"].comment.author, sheet["B7"].comment.text) == ("甲", "原有")
        assert sheet["A2"].comment.author == "Steelyard 核对"

    @pytest.mark.parametrize(
        "there",
        [
            f'<comments xmlns="{MAIN}"/>',
            f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>',
            f'<comments xmlns="{MAIN}"><commentList/></comments>',
        ],
        ids=["closed", "empty lists", "no authors"],
    )
    def test_may_be_the_first_of_a_part_that_is_there(self, there: str) -> None:
        xml = copy_of(book(there, drawing("")), "B7")[COMMENTS].decode()
        assert xml.index("<authors>") < xml.index("<commentList>")
        assert said(book(there, drawing("")), "B7") == SAID

    def test_of_a_conversation_keeps_the_conversation(self) -> None:
        threads = b'<ThreadedComments><threadedComment ref="B7" id="{1}"/></ThreadedComments>'
        inside = comments(
            one("B7", "<t>[线程批注] 原有</t>"),
            authors="<authors><author>tc={1}</author></authors>",
        )
        related_parts = related(
            ("vmlDrawing", f"/{DRAWING}"),
            ("comments", f"/{COMMENTS}"),
            ("threadedComment", "../threadedComments/threadedComment1.xml"),
        )
        content = package(
            rows("B7") + '<legacyDrawing r:id="r1"/>',
            more={
                "xl/worksheets/_rels/sheet1.xml.rels": related_parts,
                COMMENTS: inside,
                DRAWING: drawing(note(6, 1)),
                "xl/threadedComments/threadedComment1.xml": threads,
            },
        )
        copy = copy_of(content, "B7")
        assert copy["xl/threadedComments/threadedComment1.xml"] == threads
        assert copy["xl/worksheets/_rels/sheet1.xml.rels"].decode() == related_parts
        assert said(content, "B7") == f"[线程批注] 原有\n{SAID}"


class TestABox:
    def test_stands_beside_its_cell(self) -> None:
        left, _, top, *_ = anchors(copy_of(book(), "B7"))[6, 1]
        assert (left, top) == (2, 5)

    def test_stands_beside_all_of_a_merged_cell(self) -> None:
        sheet = parts(annotated_copy(full_book(), [mistake("A1")]))
        assert anchors(sheet)[0, 0][0] == 6

    def test_is_as_high_as_its_words(self) -> None:
        said = [mistake("A2", "短。", "", sheet="甲"), mistake("B7", "长" * 200, sheet="甲")]
        found = anchors(parts(annotated_copy(book(), said)))
        low, high = (found[cell][6] - found[cell][2] for cell in ((1, 0), (6, 1)))
        assert low == 1
        assert high >= 8

    def test_is_seen_beside_the_last_column(self) -> None:
        left, _, _, _, right, *_ = anchors(copy_of(package(rows("XFD2")), "XFD2"))[1, 16383]
        assert left < right <= 16383

    def test_grows_with_our_words(self) -> None:
        content = book(comments(one("B7", "<t>原有</t>")), drawing(note(6, 1, "2,15,5,10,4,1,6,2")))
        left, _, top, _, _, _, bottom, _ = anchors(copy_of(content, "B7"))[6, 1]
        assert (left, top) == (2, 5)
        assert bottom > 6

    def test_that_is_larger_stays_so(self) -> None:
        content = book(
            comments(one("B7", "<t>原有</t>")), drawing(note(6, 1, "2,15,5,10,20,1,60,2"))
        )
        assert anchors(copy_of(content, "B7"))[6, 1] == [2, 15, 5, 10, 20, 1, 60, 2]

    def test_of_a_cell_that_is_not_marked_is_left_alone(self) -> None:
        inside = note(6, 1, "2,15,5,10,4,1,6,2")
        content = book(comments(one("B7", "<t>原有</t>")), drawing(inside))
        assert inside.encode() in copy_of(content, "A2")[DRAWING]

    def test_without_a_size_is_given_one(self) -> None:
        copy = parts(annotated_copy(openpyxl_book(), [mistake("B3")]))
        name = next(name for name in copy if name.endswith(".vml"))
        assert copy[name].count(b"Anchor>") == 2

    def test_is_made_for_a_comment_that_had_none(self) -> None:
        content = book(comments(one("B7", "<t>原有</t>")), legacy=False)
        assert anchors(copy_of(content, "A2")).keys() == {(6, 1), (1, 0)}

    def test_has_a_number_of_its_own(self) -> None:
        content = book(comments(one("B7", "<t>原有</t>")), drawing(note(6, 1)))
        numbers = re.findall(rb'<v:shape id="_x0000_s(\d+)"', copy_of(content, "A1", "A2")[DRAWING])
        assert sorted(numbers) == [b"1030", b"1031", b"1032"]


class TestADrawing:
    def test_keeps_buttons_though_it_is_not_well_formed(self) -> None:
        button = '<v:shape id="_x0000_s1025"><div>汇总<br></div></v:shape>'
        copy = copy_of(book(drawing=drawing(button)), "B7")
        assert copy[DRAWING].startswith(drawing(button).removesuffix("</xml>").encode())
        assert (6, 1) in anchors(copy)

    @pytest.mark.parametrize(
        "there", ["", "<xml>", f"<xml {SPACES}/>", "\x89PNG"], ids=["empty", "cut", "closed", "png"]
    )
    def test_that_nothing_can_be_added_to_is_not_used(self, there: str) -> None:
        content = book(drawing=there or " ")
        copy = copy_of(content, "B7")
        assert copy[DRAWING] == (there or " ").encode()
        assert (6, 1) in anchors(copy, "xl/drawings/vmlDrawing2.vml")
        assert copy["xl/worksheets/sheet1.xml"].count(b"<legacyDrawing") == 1

    def test_of_headers_and_footers_is_another_matter(self) -> None:
        pictures = drawing('<v:shape id="LH"></v:shape>')
        content = package(
            rows("B7") + '<legacyDrawingHF r:id="r1"/>',
            more={
                "xl/worksheets/_rels/sheet1.xml.rels": related(("vmlDrawing", f"/{DRAWING}")),
                DRAWING: pictures,
            },
        )
        copy = copy_of(content, "B7")
        assert copy[DRAWING] == pictures.encode()
        xml = copy["xl/worksheets/sheet1.xml"]
        assert 0 < xml.index(b"<legacyDrawing ") < xml.index(b"<legacyDrawingHF ")
