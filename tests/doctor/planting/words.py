"""Errors in dates, citations, marks, names and annexes (日期、文号、标点、名称和附件的错误)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.doctor.planting.paper import Edit, Paper, Planted, Span, shuffled

from steelyard.intake.reading.document import Role

_DATE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"


def report_before_its_evaluation(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The report is dated before the evaluation ends, in every place (R19)."""
    ends = paper.matches(rf"至{_DATE}止")
    dated = paper.matches(rf"(?:^|\n){_DATE}$")
    if ends and dated:
        end = ends[0][1]
        month = int(end[2]) - 2
        new = f"{end[1]}年{month}月{rng.randint(1, 28)}日" if month > 0 else ""
        if new:
            edits = [Edit(piece, m.start(1), m.end(), new) for piece, m in dated]
            yield paper.planted("R19", "报告日期早于评价结束", edits)


def dates_that_differ(paper: Paper, rng: Random) -> Iterator[Planted]:
    """One of the two dates of the report (R19)."""
    dated = paper.matches(rf"(?:^|\n){_DATE}$")
    for piece, match in shuffled(dated, rng):
        day = str(int(match[3]) % 28 + 1)
        edit = Edit(piece, *match.span(3), day)
        yield paper.planted("R19", "封面与落款日期不同", [edit], denied=len(dated) > 1)


def opinion_after_the_report(paper: Paper, rng: Random) -> Iterator[Planted]:
    """An opinion is dated after the report (R19)."""
    dated = paper.matches(rf"(?:^|\n){_DATE}$")
    for piece, match in shuffled(paper.matches(rf"填表时间：{_DATE}|于{_DATE}前"), rng):
        if dated:
            report = dated[0][1]
            month = min(int(report[2]) + rng.randint(1, 2), 12)
            start = match.start() + re.search(r"\d", match[0]).start()  # type: ignore[union-attr]
            end = match.start() + match[0].index("日") + 1
            new = f"{report[1]}年{month}月28日"
            yield paper.planted("R19", "征求意见晚于报告", [Edit(piece, start, end, new)])


def end_before_begin(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The evaluation ends before it begins (R19)."""
    for piece, match in shuffled(paper.matches(rf"自{_DATE}起，至{_DATE}止"), rng):
        month = int(match[2]) - 1
        if month > 0:
            yield paper.planted("R19", "止日早于起日", [Edit(piece, *match.span(5), str(month))])


def second_title(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another title for a document number that is cited (R20)."""
    cited = shuffled(paper.matches(r"《([^》]+)》（([^（）]+〔\d{4}〕\d+号)）"), rng)
    bodies = [each for each in paper.prose if len(each.text) > 30]
    for _, match in cited:
        title = match[1].replace("管理", "监督") if "管理" in match[1] else f"{match[1]}的通知"
        piece = rng.choice(bodies)
        new = f"根据《{title}》（{match[2]}），"
        yield paper.planted("R20", "同一文号两个名称", [Edit(piece, 0, 0, new)])


def second_number(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another number for a document that is cited (R20)."""
    cited = shuffled(paper.matches(r"《([^》]+)》（([^（）]+〔\d{4}〕)(\d+)号）"), rng)
    bodies = [each for each in paper.prose if len(each.text) > 30]
    for _, match in cited:
        piece = rng.choice(bodies)
        new = f"按照《{match[1]}》（{match[2]}{int(match[3]) + 5}号）的要求，"
        yield paper.planted("R20", "同一文件两个文号", [Edit(piece, 0, 0, new)])


def mark_lost(paper: Paper, rng: Random) -> Iterator[Planted]:
    """One of a pair of brackets, quotes or book marks removed (R21)."""
    for piece, match in shuffled(paper.matches(r"[（）《》“”]", paper.prose), rng):
        edit = Edit(piece, *match.span(), "")
        planted = paper.planted("R21", "成对标点缺一个", [edit])
        span = Span(piece.place, 0, len(piece.text) - 1)
        yield replace(planted, spans=(span,))


def mark_doubled(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A bracket or book mark twice (R21)."""
    for piece, match in shuffled(paper.matches(r"[（）《》]", paper.prose), rng):
        edit = Edit(piece, *match.span(), match[0] * 2)
        yield paper.planted("R21", "标点重复", [edit])


def phrase_doubled(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A few words twice in a row (R21)."""
    pattern = r"(?<=[，。；：])[\u4e00-\u9fff]{3,8}(?=[，。；：\d])"
    for piece, match in shuffled(paper.matches(pattern, paper.prose), rng):
        edit = Edit(piece, *match.span(), match[0] * 2)
        yield paper.planted("R21", "词语重复", [edit])


def annex_title(paper: Paper, rng: Random) -> Iterator[Planted]:
    """An annex is called otherwise in the list than over itself (R22)."""
    titles = {match[1] for _, match in paper.matches(r"^附件\d+：(.+)$")}
    for piece, match in shuffled(paper.matches(r"^(?:附件：)?\d+．(.+)$"), rng):
        title = match[1]
        if title in titles and piece.table is None:
            cut = rng.randrange(len(title) - 3)
            edit = Edit(piece, match.start(1) + cut, match.start(1) + cut + 2, "")
            planted = paper.planted("R22", "附件目录与附件标题不同", [edit])
            span = Span(piece.place, 0, len(piece.text))
            yield replace(planted, spans=(span,))


def table_number(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A table has the number of another, or one is left out (R22)."""
    captions = [each for each in paper.pieces if each.role is Role.CAPTION]
    for piece, match in shuffled(paper.matches(r"^[表图](\d+)", captions), rng):
        number = int(match[1]) + rng.choice((-1, 1, 10))
        if number > 0:
            edit = Edit(piece, *match.span(1), str(number))
            yield paper.planted("R22", "表号或图号", [edit])


def header_twice(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Two columns of one table with the same name (R22)."""
    for piece in shuffled(paper.cells, rng):
        table = piece.table
        if table is None or not table.header_rows or not paper.is_header(piece):
            continue
        beside = table.text_at(piece.row, piece.column - 1) if piece.column else ""
        if beside and beside != piece.text and table.width > 2:
            edit = Edit(piece, 0, len(piece.text), beside)
            yield paper.planted("R22", "两栏同名", [edit])


def heading_number(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A heading skips a number (R22)."""
    headings = [each for each in paper.pieces if each.role is Role.HEADING]
    found = paper.matches(r"^(?:（(\d+)）|(\d+)．|（([一二三四五六七八])）)", headings)
    numerals = "一二三四五六七八九十"
    for piece, match in shuffled(found, rng):
        group = match.lastindex or 1
        old = match[group]
        new = str(int(old) + 1) if group < 3 else numerals[numerals.index(old) + 1]
        edit = Edit(piece, *match.span(group), new)
        yield paper.planted("R22", "标题序号跳号", [edit])


def name_of_an_indicator(paper: Paper, rng: Random) -> Iterator[Planted]:
    """An indicator is called otherwise in one place (R22)."""
    for piece in shuffled(paper.cells, rng):
        is_name = paper.header(piece) == "三级指标" and not paper.is_header(piece)
        if is_name and re.fullmatch(r"[\u4e00-\u9fff]{5,}", piece.text):
            if paper.count(piece.text) < 2:
                continue
            cut = rng.randrange(1, len(piece.text) - 2)
            edit = Edit(piece, cut, cut + 1, "")
            planted = paper.planted("R22", "指标名称少一字", [edit])
            yield replace(planted, spans=(Span(piece.place, 0, len(piece.text)),))


def annex_emptied(paper: Paper, rng: Random) -> Iterator[Planted]:
    """An annex has a title and nothing under it (R26)."""
    headings = [p for p, _ in paper.matches(r"^附件\d+：") if p.role is Role.HEADING]
    ends = [each.place[0] for each in headings[1:]] + [len(paper.document.blocks)]
    for piece, end in shuffled(zip(headings, ends, strict=True), rng):
        start = piece.place[0] + 1
        blocks = paper.document.blocks
        document = replace(paper.document, blocks=blocks[:start] + blocks[end:])
        span = Span(piece.place, 0, len(piece.text))
        yield Planted("R26", "附件空无内容", document, (span,), piece.text, "（空）")


def annex_that_is_missing(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The text refers to an annex or table that does not exist (R26)."""
    for piece, match in shuffled(paper.matches(r"[见](?:附件|表|图)(\d+)", paper.prose), rng):
        edit = Edit(piece, *match.span(1), str(int(match[1]) + 30))
        yield paper.planted("R26", "所引附件或表不存在", [edit])
