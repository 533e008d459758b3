"""Numbers of lists are written out as Word counts them."""

from __future__ import annotations

import pytest
from tests.intake.reading.word.word_files import lines, p, read

from steelyard.intake.reading.document import Paragraph
from steelyard.intake.reading.word.numerals import numeral


def level(at: int, form: str, text: str, more: str = '<w:suff w:val="nothing"/>') -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'


def item(text: str = "甲", at: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>')


OFFICIAL = listed(
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimalFullWidth", "%3．")
    + level(3, "decimal", "（%4）")
)


class TestTheNumerals:
    @pytest.mark.parametrize(
        ("form", "written"),
        [
            ("decimal", {0: "0", 12: "12"}),
            ("decimalZero", {3: "03", 12: "12"}),
            ("decimalFullWidth", {12: "１２"}),
            ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
            ("decimalEnclosedParen", {2: "⑵"}),
            ("decimalEnclosedFullstop", {2: "⒉"}),
            ("ideographEnclosedCircle", {10: "㊉"}),
            ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 100: "一〇〇"}),
            (
                "chineseCountingThousand",
                {10: "十", 19: "十九", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十",
                 1001: "一千零一", 10000: "一万", 10001: "一万零一", 100000: "十万"},
            ),
            ("japaneseCounting", {10: "十", 100: "百", 101: "百一", 111: "百十一", 200: "二百"}),
            ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 12: "壹拾贰"}),
            ("ideographLegalTraditional", {2: "貳"}),
            ("ideographDigital", {10: "一〇", 25: "二五"}),
            ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
            ("ideographZodiac", {12: "亥"}),
            ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
            ("upperRoman", {4: "IV", 1999: "MCMXCIX", 5000: "5000"}),
            ("lowerRoman", {9: "ix"}),
            ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA", 10**6: "1000000"}),
            ("lowerLetter", {28: "bb"}),
            ("numberInDash", {1: "- 1 -"}),
            ("none", {1: ""}),
            ("hebrew1", {7: "7"}),
        ],
    )  # fmt: skip
    def test_are_those_of_the_standard(self, form: str, written: dict[int, str]) -> None:
        assert {value: numeral(value, form) for value in written} == written


class TestAList:
    def test_is_numbered_as_official_papers_are(self) -> None:
        body = item() + item(at=1) + item(at=1) + item(at=2) + item(at=3) + item(at=3) + item()
        assert lines(body + item(at=1), numbering=OFFICIAL) == [
            "一、甲", "（一）甲", "（二）甲", "１．甲", "（1）甲", "（2）甲", "二、甲", "（一）甲",
        ]  # fmt: skip

    def test_may_name_the_levels_above(self) -> None:
        numbering = listed(level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2"))
        assert lines(item() + item(at=1) + item(at=1), numbering=numbering) == [
            "I.甲", "I.1甲", "I.2甲",
        ]  # fmt: skip

    def test_may_write_all_levels_in_digits(self) -> None:
        legal = '<w:isLgl/><w:suff w:val="nothing"/>'
        numbering = listed(
            level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", legal)
        )
        assert lines(item() + item(at=1), numbering=numbering) == ["一、甲", "1.1甲"]

    def test_counts_an_upper_level_that_was_left_out_as_if_it_had_been_there(self) -> None:
        numbering = listed(level(0, "decimal", "%1、") + level(1, "decimal", "%1.%2"))
        assert lines(item(at=1) + item(), numbering=numbering) == ["1.1甲", "2、甲"]

    def test_names_no_level_that_has_bullets(self) -> None:
        numbering = listed(level(0, "bullet", "•") + level(1, "decimal", "%1%2、"))
        assert lines(item() + item(at=1), numbering=numbering) == ["•甲", "1、甲"]

    def test_counts_apart_in_text_boxes_and_notes(self) -> None:
        box = f"<w:r><w:pict><w:txbxContent>{item('框')}</w:txbxContent></w:pict></w:r>"
        call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
        body = item() + p(box + call) + item() + p(box)
        notes = f'<w:footnote w:id="1">{item("注")}</w:footnote>'
        assert lines(body, numbering=OFFICIAL, footnotes=notes) == [
            "一、甲", "一、框", "一、注", "二、甲", "二、框",
        ]  # fmt: skip

    def test_may_never_begin_again(self) -> None:
        go_on = '<w:lvlRestart w:val="0"/><w:suff w:val="nothing"/>'
        numbering = listed(level(0, "decimal", "%1、") + level(1, "decimal", "(%2)", go_on))
        body = item() + item(at=1) + item() + item(at=1)
        assert lines(body, numbering=numbering) == ["1、甲", "(1)甲", "2、甲", "(2)甲"]

    def test_may_begin_again_only_below_a_level(self) -> None:
        after_first = '<w:lvlRestart w:val="1"/><w:suff w:val="nothing"/>'
        numbering = listed(
            level(0, "decimal", "%1、")
            + level(1, "decimal", "(%2)")
            + level(2, "decimal", "%3）", after_first)
        )
        body = item(at=1) + item(at=2) + item(at=1) + item(at=2) + item() + item(at=2)
        assert lines(body, numbering=numbering) == [
            "(1)甲", "1）甲", "(2)甲", "2）甲", "2、甲", "1）甲",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("more", "text"),
        [
            ("", "1. 甲"),
            ('<w:suff w:val="space"/>', "1. 甲"),
            ('<w:suff w:val="nothing"/>', "1.甲"),
        ],
    )
    def test_sets_its_numbers_off_as_it_says(self, more: str, text: str) -> None:
        assert lines(item(), numbering=listed(level(0, "decimal", "%1.", more))) == [text]

    def test_needs_no_gap_behind_ideographic_marks(self) -> None:
        numbering = listed(level(0, "chineseCounting", "%1、", ""))
        assert lines(item(), numbering=numbering) == ["一、甲"]

    def test_may_have_bullets(self) -> None:
        font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
        assert lines(item(), numbering=listed(level(0, "bullet", "\uf06e", font))) == ["■ 甲"]
        assert lines(item(), numbering=listed(level(0, "bullet", "\uf001", font))) == ["• 甲"]

    def test_may_have_a_format_of_its_own(self) -> None:
        own = (
            '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val='
            '"custom" w:format="001"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
            '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>'
        )
        assert lines(item(), numbering=listed(own)) == ["1、甲"]

    def test_numbers_cells_that_hold_nothing_else(self) -> None:
        row = f"<w:tr><w:tc>{item('')}</w:tc></w:tr>"
        document = read(f"<w:tbl>{row}{row}</w:tbl>", numbering=listed(level(0, "decimal", "%1")))
        assert [cell.words.text for cell in next(document.tables).cells] == ["1", "2"]

    def test_does_not_count_what_is_hidden_or_gone(self) -> None:
        numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        hidden = p("<w:r/>", f"{numbered}<w:rPr><w:vanish/></w:rPr>")
        gone = p(f"<w:del>{p('')}</w:del>", f"{numbered}<w:rPr><w:del/></w:rPr>")
        body = item("甲") + hidden + gone + item("乙")
        assert lines(body, numbering=OFFICIAL) == ["一、甲", "二、乙"]

    def test_that_is_not_defined_numbers_nothing(self) -> None:
        numbering = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        assert lines(item() + item(num=5), numbering=numbering) == ["甲"] * 2
        assert lines(item(at=8), numbering=OFFICIAL) == ["甲"]


class TestSeveralLists:
    NUM = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'

    def test_of_one_definition_go_on_counting(self) -> None:
        nums = self.NUM.format(1, "") + self.NUM.format(2, "")
        numbering = listed(level(0, "decimal", "%1、"), nums)
        assert lines(item() + item(num=2) + item(), numbering=numbering) == [
            "1、甲",
            "2、甲",
            "3、甲",
        ]

    def test_begin_anew_where_they_say_so(self) -> None:
        nums = self.NUM.format(1, "") + self.NUM.format(2, self.RESTART.format(5))
        numbering = listed(level(0, "decimal", "%1、"), nums)
        body = item() + item() + item(num=2) + item(num=2)
        assert lines(body, numbering=numbering) == ["1、甲", "2、甲", "5、甲", "6、甲"]

    def test_may_write_a_level_in_their_own_way(self) -> None:
        own = f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "（%1）")}</w:lvlOverride>'
        numbering = listed(level(0, "decimal", "%1、"), self.NUM.format(1, own))
        assert lines(item(), numbering=numbering) == ["（一）甲"]

    def test_may_be_defined_by_a_list_style(self) -> None:
        numbering = (
            '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>'
            f"{level(0, 'decimal', '%1、')}</w:abstractNum>{self.NUM.format(1, '')}"
        )
        assert lines(item(), numbering=numbering) == ["1、甲"]


class TestNumbersOfStyles:
    STYLES = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="H1"/><w:pPr><w:numPr>'
        '<w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    NUMBERING = listed(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
    )

    def read(self, *properties: str) -> list[str]:
        body = "".join(p("甲", each) for each in properties)
        return lines(body, styles=self.STYLES, numbering=self.NUMBERING)

    def test_stand_at_the_level_that_is_bound_to_the_style(self) -> None:
        styles = [f'<w:pStyle w:val="{name}"/>' for name in ("H1", "H2", "H2", "A")]
        assert self.read(*styles) == ["一、甲", "（一）甲", "（二）甲", "二、甲"]

    def test_are_headings_with_their_numbers(self) -> None:
        body = p("概况", '<w:pStyle w:val="H2"/>')
        (block,) = read(body, styles=self.STYLES, numbering=self.NUMBERING).blocks
        assert isinstance(block, Paragraph)
        assert (block.words.text, block.level) == ("（一）概况", 2)

    def test_can_be_switched_off(self) -> None:
        off = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        assert self.read(off, '<w:pStyle w:val="B"/>', '<w:pStyle w:val="H1"/>') == [
            "甲", "甲", "一、甲",
        ]  # fmt: skip

    def test_hand_down_list_and_level_apart(self) -> None:
        styles = self.STYLES + (
            '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="H1"/><w:pPr><w:numPr>'
            '<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        body = p("甲", '<w:pStyle w:val="C"/>')
        assert lines(body, styles=styles, numbering=self.NUMBERING) == ["（一）甲"]

    def test_may_stand_at_another_level(self) -> None:
        deeper = '<w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="1"/></w:numPr>'
        assert self.read(deeper) == ["（一）甲"]
