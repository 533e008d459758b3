"""Comments at the very words, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree
from tests.doctor.papers.made_examination import begun, ended, figure
from tests.doctor.papers.made_word import COMMENTS, STRICT, W, run, word_file

from steelyard.doctor.finding import Place, Severity, place_of, whole
from steelyard.doctor.papers.summary import summary_of
from steelyard.doctor.papers.word_copy import word_copy
from steelyard.intake.reading.document import Paragraph
from steelyard.intake.reading.word.read_word import read_word

BOLD = "<w:b/>"


@dataclass
class Copy:
    """A copy, opened."""

    raw: bytes
    space: str = W

    def part(self, name: str) -> Any:
        with zipfile.ZipFile(io.BytesIO(self.raw)) as package:
            return etree.fromstring(package.read(name))

    @property
    def root(self) -> Any:
        return self.part("word/document.xml")

    def about(self, number: int = 0) -> str:
        """The words between the marks of a comment."""
        found, inside = "", False
        for each in self.root.iter():
            name, mine = etree.QName(each).localname, each.get(f"{{{self.space}}}id") == str(number)
            if name == "commentRangeStart" and mine:
                inside = True
            elif name == "commentRangeEnd" and mine:
                inside = False
            elif name == "t" and inside:
                found += each.text or ""
        return found

    def comments(self) -> list[str]:
        """The text of each comment."""
        return ["".join(each.itertext()) for each in self.part(COMMENTS)]

    def runs(self) -> list[tuple[str, bool]]:
        """The text of each run, and whether it is bold."""
        found = []
        for each in self.root.iter(f"{{{self.space}}}r"):
            text = "".join(each.itertext(f"{{{self.space}}}t"))
            if text:
                found.append((text, each.find(f".//{{{self.space}}}b") is not None))
        return found


def copied(
    original: bytes, *places: tuple[int, str], space: str = W, severity: Severity = Severity.ERROR
) -> Copy:
    """Return a copy with a comment on a number, or on all, of some passages."""
    document = read_word("报告.docx", original)
    view, pen = begun([document])

    def place(at: int, text: str) -> Place:
        passage = view.passages[at]
        return place_of(passage, figure(passage, text)) if text else whole(passage)

    found = [place(*each) for each in places]
    pen.find("R01", severity, "执行率不对。", found, computed="8÷10=80%")
    return Copy(word_copy(original, document, summary_of(ended(view, pen))), space)


def texts(raw: bytes) -> list[str]:
    blocks = read_word("报告.docx", raw).blocks
    return [each.words.text for each in blocks if isinstance(each, Paragraph)]


class TestAComment:
    original = word_file(f"<w:p>{run('全年执行率', BOLD)}{run('为85%，达标。', BOLD)}</w:p>")

    def test_is_about_the_very_words(self) -> None:
        assert copied(self.original, (0, "85%")).about() == "85%"

    def test_says_severity_rule_message_and_calculation(self) -> None:
        (said,) = copied(self.original, (0, "85%")).comments()
        assert said == "［错误］R01 比率复算（第1条）执行率不对。计算：8÷10=80%"

    def test_is_signed(self) -> None:
        (comment,) = copied(self.original, (0, "85%")).part(COMMENTS)
        assert comment.get(f"{{{W}}}author") == "Steelyard 体检"

    def test_splits_runs_and_keeps_their_look(self) -> None:
        found = copied(self.original, (0, "85%")).runs()
        assert found == [("全年执行率", True), ("为", True), ("85%", True), ("，达标。", True)]

    def test_changes_no_word(self) -> None:
        assert texts(copied(self.original, (0, "85%")).raw) == texts(self.original)

    def test_is_called_behind_its_words(self) -> None:
        names = [
            etree.QName(each).localname for each in copied(self.original, (0, "85%")).root[0][0]
        ]
        assert names == ["r", "r", "commentRangeStart", "r", "commentRangeEnd", "r", "r"]

    def test_names_the_other_place(self) -> None:
        original = word_file(f"<w:p>{run('率85%。')}</w:p><w:p>{run('率80%。')}</w:p>")
        copy = copied(original, (0, "85%"), (1, "80%"))
        assert (copy.about(0), copy.about(1)) == ("85%", "80%")
        assert copy.comments()[0].endswith("另一处：正文　“率80%。”")


class TestManyPlaces:
    def comments(self, texts: list[str], rule: str = "R11") -> list[str]:
        original = word_file("".join(f"<w:p>{run(text)}</w:p>" for text in texts))
        document = read_word("报告.docx", original)
        view, pen = begun([document])
        places = [place_of(each, one) for each in view.passages for one in each.claims]
        pen.find(rule, Severity.ERROR, "不符。", places)
        copy = word_copy(original, document, summary_of(ended(view, pen)))
        return Copy(copy).comments()

    def test_of_one_paragraph_have_one_comment(self) -> None:
        assert len(self.comments(["为85%和80%。"])) == 1

    def test_have_comments_at_the_first_three_that_say_how_many_there_are(self) -> None:
        found = self.comments([f"第{n}段为{n}%。" for n in range(1, 9)])
        assert len(found) == 3
        assert "共8处" in found[0]


class TestWords:
    def test_cut_over_several_runs_are_found(self) -> None:
        original = word_file(f"<w:p>{run('为8')}{run('5', BOLD)}{run('.2%，')}</w:p>")
        copy = copied(original, (0, "85.2%"))
        assert copy.about() == "85.2%"
        assert copy.runs() == [
            ("为", False),
            ("8", False),
            ("5", True),
            (".2%", False),
            ("，", False),
        ]

    def test_with_blanks_keep_them(self) -> None:
        original = word_file(f"<w:p>{run('共 85 户 ，余')}</w:p>")
        copy = copied(original, (0, "85户"))
        assert copy.about() == "85 户"
        assert texts(copy.raw) == texts(original)

    def test_in_a_link_keep_the_link(self) -> None:
        inside = f'<w:hyperlink w:anchor="a">{run("率为85%见表")}</w:hyperlink>'
        copy = copied(word_file(f"<w:p>{inside}</w:p>"), (0, "85%"))
        assert copy.about() == "85%"
        (link,) = copy.root.iter(f"{{{W}}}hyperlink")
        assert "".join(link.itertext()) == "率为85%见表"
        assert link.find(f".//{{{W}}}commentReference") is None

    def test_inserted_stay_inserted_and_deleted_stay_deleted(self) -> None:
        change = 'w:id="7" w:author="甲"'
        body = (
            f"<w:p><w:del {change}><w:r><w:delText>为80%</w:delText></w:r></w:del>"
            f"<w:ins {change}>{run('为85%。')}</w:ins></w:p>"
        )
        copy = copied(word_file(body), (0, "85%"))
        assert copy.about() == "85%"
        (inserted,) = copy.root.iter(f"{{{W}}}ins")
        assert "".join(inserted.itertext()) == "为85%。"
        assert len(list(copy.root.iter(f"{{{W}}}delText"))) == 1

    def test_of_a_field_keep_the_field(self) -> None:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        code = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>"
        field = f"{mark('begin')}{code}{mark('separate')}{run('85户')}{mark('end')}"
        copy = copied(word_file(f"<w:p>{run('共')}{field}</w:p>"), (0, "85户"))
        assert copy.about() == "85户"
        assert len(list(copy.root.iter(f"{{{W}}}fldChar"))) == 3

    def test_in_a_cell_are_found(self) -> None:
        cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("执行率", "85%"))
        copy = copied(word_file(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"), (1, "85%"))
        assert copy.about() == "85%"

    def test_behind_an_automatic_number_are_counted_without_it(self) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1．"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        original = word_file(f"<w:p>{listed}{run('率为85%。')}</w:p>", {"numbering": numbering})
        assert copied(original, (0, "85%")).about() == "85%"
        assert copied(original, (0, "")).about() == "率为85%。"

    def test_beside_a_drawing_are_taken_with_it_and_nothing_is_lost(self) -> None:
        drawn = "<w:r><w:t>率85%</w:t><w:drawing/><w:t>。</w:t></w:r>"
        copy = copied(word_file(f"<w:p>{drawn}</w:p>"), (0, "85%"))
        assert copy.about() == "率85%。"
        assert len(list(copy.root.iter(f"{{{W}}}drawing"))) == 1

    def test_in_a_strict_file_are_found(self) -> None:
        original = word_file(f"<w:p>{run('率为85%。')}</w:p>", space=STRICT)
        assert copied(original, (0, "85%"), space=STRICT).about() == "85%"


class TestWhereWordTakesNoComment:
    def test_a_footnote_is_commented_at_its_call(self) -> None:
        body = f'<w:p>{run("达标")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}</w:p>'
        notes = f'<w:footnote w:id="2"><w:p>{run("率为85%。")}</w:p></w:footnote>'
        copy = copied(word_file(body, {"footnotes": notes}), (1, "85%"))
        (start,) = copy.root.iter(f"{{{W}}}commentRangeStart")
        assert start.getnext().find(f"{{{W}}}footnoteReference") is not None
        assert len(copy.comments()) == 1

    def test_a_text_box_is_commented_at_what_carries_it(self) -> None:
        box = f"<w:pict><w:txbxContent><w:p>{run('率为85%。')}</w:p></w:txbxContent></w:pict>"
        copy = copied(word_file(f"<w:p>{run('图')}<w:r>{box}</w:r></w:p>"), (1, "85%"))
        (start,) = copy.root.iter(f"{{{W}}}commentRangeStart")
        assert start.getparent().getparent().tag == f"{{{W}}}body"
        assert start.getnext().find(f"{{{W}}}pict") is not None


class TestThePackage:
    def test_keeps_every_other_part_byte_for_byte(self) -> None:
        original = word_file(f"<w:p>{run('率为85%。')}</w:p>", {"styles": ""})
        raw = copied(original, (0, "85%")).raw
        with (
            zipfile.ZipFile(io.BytesIO(original)) as before,
            zipfile.ZipFile(io.BytesIO(raw)) as after,
        ):
            changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
            added = set(after.namelist()) - set(before.namelist())
        assert changed == {
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
        }
        assert added == {COMMENTS}

    def test_keeps_the_comments_that_were_there(self) -> None:
        old = f'<w:comment w:id="4" w:author="乙"><w:p>{run("旧")}</w:p></w:comment>'
        body = '<w:p><w:commentRangeStart w:id="4"/>' + run("率为85%。")
        body += '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r></w:p>'
        copy = copied(word_file(body, {"comments": old}), (0, "85%"))
        assert [each.get(f"{{{W}}}id") for each in copy.part(COMMENTS)] == ["4", "5"]
        assert (copy.about(4), copy.about(5)) == ("率为85%。", "85%")

    def test_is_the_same_bytes_when_nothing_was_found(self) -> None:
        original = word_file(f"<w:p>{run('率为85%。')}</w:p>")
        document = read_word("报告.docx", original)
        view, pen = begun([document])
        assert word_copy(original, document, summary_of(ended(view, pen))) == original

    def test_is_the_same_for_the_same_findings(self) -> None:
        original = word_file(f"<w:p>{run('率为85%。')}</w:p>")
        assert copied(original, (0, "85%")).raw == copied(original, (0, "85%")).raw
