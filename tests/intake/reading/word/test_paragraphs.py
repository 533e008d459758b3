"""The text of a paragraph is what a person sees when all changes are accepted."""

from __future__ import annotations

import pytest
from tests.intake.reading.word.word_files import lines, p, read, run, strict, texts

from steelyard.intake.reading.document import Paragraph, Role
from steelyard.intake.reading.word.read_word import read_word


def roles(body: str, **others: str) -> list[tuple[str, str]]:
    blocks = read(body, **others).blocks
    return [(b.role.value, b.words.text) for b in blocks if isinstance(b, Paragraph)]


BOX = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
TWICE = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
    f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


class TestTheTextOfAParagraph:
    def test_is_that_of_its_runs(self) -> None:
        assert lines(p(run("预算") + run("7479.37") + run("万元"))) == ["预算7479.37万元"]

    def test_has_no_white_space_at_its_ends(self) -> None:
        assert lines(p("　　正文 ")) == ["正文"]

    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<w:tab/>", "甲\t乙"),
            ("<w:br/>", "甲\n乙"),
            ("<w:cr/>", "甲\n乙"),
            ("<w:noBreakHyphen/>", "甲-乙"),
            ("<w:softHyphen/>", "甲乙"),
            ("<w:t>\N{SOFT HYPHEN}</w:t>", "甲乙"),
            ("<w:t> \n </w:t>", "甲乙"),
            ('<w:t xml:space="preserve"> </w:t>', "甲 乙"),
            ('<w:sym w:font="Symbol" w:char="F0B3"/>', "甲≥乙"),
            ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "甲☑乙"),
            ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "甲☑乙"),
            ('<w:sym w:font="Unknown" w:char="F001"/>', "甲\ufffd乙"),
            ('<w:sym w:char="x"/>', "甲\ufffd乙"),
            ('<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t>', "甲≤乙"),
            ("<w:delText>丙</w:delText><w:instrText>PAGE</w:instrText>", "甲乙"),
        ],
    )
    def test_writes_special_signs_as_characters(self, inside: str, text: str) -> None:
        assert lines(p(run("甲") + f"<w:r>{inside}</w:r>" + run("乙"))) == [text]

    def test_goes_through_links_and_wrappers(self) -> None:
        body = (
            f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:p><w:hyperlink>{run('甲')}"
            f"</w:hyperlink><w:smartTag>{run('乙')}</w:smartTag><w:sdt><w:sdtContent>{run('丙')}"
            f"</w:sdtContent></w:sdt><w:fldSimple w:instr='REF a'>{run('丁')}</w:fldSimple></w:p>"
            f"</w:sdtContent></w:sdt><w:customXml>{p('戊')}</w:customXml>"
        )
        assert lines(body) == ["甲乙丙丁", "戊"]

    def test_has_no_reading_aids(self) -> None:
        ruby = f"<w:ruby><w:rt>{run('quan')}</w:rt><w:rubyBase>{run('权')}</w:rubyBase></w:ruby>"
        assert lines(p(f"<w:r>{ruby}</w:r>" + run("衡"))) == ["权衡"]

    def test_may_be_strict_open_xml(self) -> None:
        outline = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        styles = f'<w:style w:type="paragraph" w:styleId="H">{outline}</w:style>'
        content = strict(p("甲", '<w:pStyle w:val="H"/>') + p("乙"), styles=styles)
        first, second = read_word("a.docx", content).blocks
        assert isinstance(first, Paragraph)
        assert isinstance(second, Paragraph)
        assert (first.words.text, first.role, first.level) == ("甲", Role.HEADING, 2)
        assert second.words.spots[0].paragraph == 1


class TestFields:
    MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

    def field(self, code: str, result: str | None) -> str:
        shown = "" if result is None else self.MARK.format("separate") + result
        code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        return self.MARK.format("begin") + code + shown + self.MARK.format("end")

    def test_show_their_results(self) -> None:
        assert lines(p(run("见") + self.field(" REF _1 ", run("表1")) + run("。"))) == ["见表1。"]

    def test_may_stand_in_the_code_of_others(self) -> None:
        inner = self.field("PAGE", run("9"))
        code = self.MARK.format("begin") + inner + self.MARK.format("separate")
        assert lines(p(code + run("甲") + self.MARK.format("end"))) == ["甲"]

    @pytest.mark.parametrize(
        ("code", "text"),
        [(r"eq \o\ac(○,3)", "③"), (r"EQ \f(12,15)", "12/15"), ("HYPERLINK", ""), ("EQ", "")],
    )
    def test_without_results_show_what_their_codes_draw(self, code: str, text: str) -> None:
        assert lines(p(run("甲") + self.field(code, None) + run("乙"))) == [f"甲{text}乙"]

    def test_that_are_tick_boxes_are_ticked_or_not(self) -> None:
        def box(inside: str) -> str:
            form = f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"
            begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
            code = "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
            return begin + code + self.MARK.format("end")

        ticked, empty = box("<w:checked/>"), box('<w:default w:val="0"/>')
        assert lines(p(ticked + run("是") + empty + run("否"))) == ["☑是☐否"]

    def test_that_never_end_hide_nothing_else(self) -> None:
        body = p(self.MARK.format("end") + run("甲")) + p(self.MARK.format("begin")) + p("乙")
        assert lines(body) == ["甲", "乙"]


SUM = "<m:naryPr><m:chr m:val='∑'/></m:naryPr>"


class TestFormulas:
    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("<m:f><m:num>{12}</m:num><m:den>{15}</m:den></m:f>{×100%}", "12/15×100%"),
            ("<m:f><m:num>{a+b}</m:num><m:den>{c}</m:den></m:f>", "(a+b)/c"),
            ("<m:sSup><m:e>{x}</m:e><m:sup>{2}</m:sup></m:sSup>", "x^2"),
            ("<m:sSub><m:e>{x}</m:e><m:sub>{i}</m:sub></m:sSub>", "x_i"),
            ("<m:rad><m:deg/><m:e>{x+1}</m:e></m:rad>", "√(x+1)"),
            ("<m:d><m:e>{x}</m:e></m:d>", "(x)"),
            ("<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{x}</m:e></m:d>", "[x)"),
            ("<m:nary><m:sub/><m:sup/><m:e>{x}</m:e></m:nary>", "∫x"),
            (f"<m:nary>{SUM}<m:sub>{{i=1}}</m:sub><m:sup>{{n}}</m:sup></m:nary>", "∑_(i=1)^n "),
            ("<m:sSubSup><m:e>{x}</m:e><m:sub>{i}</m:sub><m:sup>{2}</m:sup></m:sSubSup>", "x_i^2"),
            ("<mc:AlternateContent><mc:Choice>{a}</mc:Choice></mc:AlternateContent>", "a"),
            ("{a}<w:del>{b}</w:del>", "a"),
        ],
    )  # fmt: skip
    def test_stand_on_one_line(self, formula: str, text: str) -> None:
        written = formula.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")
        assert lines(f"<w:p>{run('率=')}<m:oMath>{written}</m:oMath></w:p>") == [
            f"率={text}".strip()
        ]


class TestTrackedChanges:
    def test_are_accepted(self) -> None:
        body = (
            f"<w:p>{run('预算')}<w:del>{run('35')}</w:del><w:ins>{run('38')}</w:ins>"
            f"<w:moveFrom>{run('万')}</w:moveFrom><w:moveTo>{run('元')}</w:moveTo></w:p>"
        )
        document = read(body)
        assert texts(document) == ["预算38元"]
        assert "修订" in document.remarks[0]

    @pytest.mark.parametrize("mark", ["del", "moveFrom"])
    def test_join_paragraphs_whose_mark_is_gone(self, mark: str) -> None:
        gone = f"<w:rPr><w:{mark}/></w:rPr>"
        assert lines(p("甲", gone) + p("乙", gone) + p("丙") + p("丁")) == ["甲乙丙", "丁"]

    def test_join_nothing_over_a_table(self) -> None:
        gone = "<w:rPr><w:del/></w:rPr>"
        tbl = f"<w:tbl><w:tr><w:tc>{p('格', gone)}</w:tc></w:tr></w:tbl>"
        document = read(p("甲", gone) + tbl + p("乙", gone))
        assert texts(document) == ["甲", "乙"]
        assert next(document.tables).text_at(0, 0) == "格"


class TestHiddenText:
    STYLES = (
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )

    def test_is_left_out_and_counted(self) -> None:
        hidden = run("内部", "<w:vanish/>") + run("数", '<w:rStyle w:val="C"/>')
        body = p(run("公开") + hidden) + p("整段", '<w:pStyle w:val="P"/>')
        document = read(body, styles=self.STYLES)
        assert texts(document) == ["公开"]
        assert document.remarks == ("有5个隐藏的字，未读取。",)

    def test_may_be_shown_again(self) -> None:
        shown = run("甲", '<w:rStyle w:val="C"/><w:vanish w:val="0"/>')
        assert lines(p(shown), styles=self.STYLES) == ["甲"]


class TestNotes:
    NOTES = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2">'
        f"{p('<w:r><w:footnoteRef/></w:r>' + run(' 注一'))}{p('续')}</w:footnote>"
    )
    CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'

    def test_stand_behind_the_paragraph_that_calls_them(self) -> None:
        body = p(run("甲") + self.CALL + run("乙")) + p("丙")
        assert roles(body, footnotes=self.NOTES) == [
            ("body", "甲乙"), ("note", "注一"), ("note", "续"), ("body", "丙"),
        ]  # fmt: skip

    def test_stand_behind_the_table_when_a_cell_calls_them(self) -> None:
        body = f"<w:tbl><w:tr><w:tc>{p(run('格') + self.CALL)}</w:tc></w:tr></w:tbl>"
        document = read(body, footnotes=self.NOTES)
        assert next(document.tables).text_at(0, 0) == "格"
        assert texts(document) == ["注一", "续"]

    def test_are_read_once_and_lose_marks_of_their_own(self) -> None:
        own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
        assert lines(p(run("甲") + own + self.CALL), footnotes=self.NOTES) == ["甲", "注一", "续"]

    def test_may_stand_at_the_end(self) -> None:
        endnotes = f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'
        call = '<w:r><w:endnoteReference w:id="1"/></w:r>'
        assert lines(p(run("甲") + call), endnotes=endnotes) == ["甲", "尾注"]

    def test_that_are_missing_are_passed_over(self) -> None:
        assert lines(p(run("甲") + self.CALL)) == ["甲"]


class TestTextBoxes:
    def test_are_read_once_though_written_twice(self) -> None:
        assert roles(p(run("甲") + TWICE)) == [("body", "甲"), ("box", "框内")]

    def test_of_the_old_kind_are_read(self) -> None:
        old = f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"
        assert roles(p(old)) == [("box", "框内")]

    def test_in_a_cell_stand_behind_the_table(self) -> None:
        document = read(f"<w:tbl><w:tr><w:tc>{p(run('格') + TWICE)}</w:tc></w:tr></w:tbl>")
        assert next(document.tables).text_at(0, 0) == "格"
        assert texts(document) == ["框内"]

    def test_in_a_group_are_read_once(self) -> None:
        group = TWICE.removeprefix("<w:r>").removesuffix("</w:r>")
        empty = "<mc:AlternateContent/>"
        assert roles(p(f"<w:r><w:drawing>{group}{empty}</w:drawing></w:r>")) == [("box", "框内")]

    def test_with_only_the_older_way_are_read(self) -> None:
        first = TWICE.index("<mc:Choice")
        last = TWICE.index("<mc:Fallback")
        assert roles(p(TWICE[:first] + TWICE[last:])) == [("box", "框内")]


class TestWhatIsNotRead:
    def test_is_said(self) -> None:
        picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
        document = read(p(run("甲") + picture) + "<w:altChunk/>")
        assert "1处图片" in document.remarks[0]
        assert "1处插入了另一个文件" in document.remarks[1]


class TestHeadings:
    STYLES = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="1"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )

    @pytest.mark.parametrize(
        ("properties", "level"),
        [
            ('<w:pStyle w:val="1"/>', 1),
            ('<w:pStyle w:val="a"/>', 1),
            ('<w:pStyle w:val="b"/>', 0),
            ('<w:pStyle w:val="a"/><w:outlineLvl w:val="2"/>', 3),
            ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0),
            ('<w:outlineLvl w:val="-7"/>', 0),
            ('<w:pStyle w:val="x"/>', 0),
            ('<w:pStyle w:val="none"/>', 0),
        ],
    )
    def test_are_told_by_style_and_outline_level(self, properties: str, level: int) -> None:
        (block,) = read(p("甲的事", properties), styles=self.STYLES).blocks
        assert isinstance(block, Paragraph)
        assert block.level == level
        assert block.role is (Role.HEADING if level else Role.BODY)


class TestATableOfContents:
    FIELD = (
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> TOC \\o </w:instrText>"
        "<w:fldChar w:fldCharType='separate'/></w:r>"
    )
    END = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"

    def test_is_told_by_style(self) -> None:
        assert roles(p("一、甲", '<w:pStyle w:val="t"/>'), styles=TestHeadings.STYLES) == [
            ("contents", "一、甲")
        ]

    def test_is_told_by_its_field(self) -> None:
        body = p(self.FIELD + run("甲 1")) + p("乙 2") + p(self.END + run("丙的话。"))
        assert [role for role, _ in roles(body)] == ["contents", "contents", "body"]

    def test_is_told_by_its_frame(self) -> None:
        frame = (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
        )
        assert roles(frame + p("甲的话。")) == [("contents", "目录"), ("body", "甲的话。")]

    def test_may_be_one_plain_field(self) -> None:
        body = f"<w:p><w:fldSimple w:instr='TOC'>{run('甲 1')}</w:fldSimple></w:p>"
        assert roles(body) == [("contents", "甲 1")]

    def test_that_never_ends_is_none(self) -> None:
        assert [role for role, _ in roles(p(self.FIELD + run("甲的话")) + p("乙的话"))] == [
            "body", "body",
        ]  # fmt: skip
