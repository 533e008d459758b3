"""Errors in ratios, money, counts and surveys (比率、金额、个数和问卷的错误)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from tests.doctor.planting.paper import Edit, Paper, Piece, Planted, shuffled, slip

from steelyard.intake.reading.document import Table


def _slipped(piece: Piece, match: re.Match[str], group: int, rng: Random, keep: int = 0) -> Edit:
    return Edit(piece, *match.span(group), slip(match.group(group), rng, keep=keep))


def _whole(piece: Piece, rng: Random) -> Edit:
    return Edit(piece, 0, len(piece.text), slip(piece.text, rng))


def ratio_in_a_sentence(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A ratio whose two sides stand in the same sentence (R01)."""
    pattern = r"\d[^。]*(?:得分率|完成率|到位率|占[\u4e00-\u9fff]{0,8}?)的?([\d.]+)%"
    found = [each for each in paper.matches(pattern, paper.prose) if "=" not in each[0].text]
    for piece, match in shuffled(found, rng):
        yield paper.planted("R01", "句中比率", [_slipped(piece, match, 1, rng)])


def ratio_in_a_column(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A ratio in a column or field of a table (R01)."""
    for piece in shuffled(paper.cells, rng):
        row = paper.row_text(piece)
        named = re.search(r"得分率|执行率", paper.header(piece)) or "占比|" in row
        is_survey = piece.table is not None and "题" in piece.table.title
        if named and not is_survey and re.fullmatch(r"[\d.]+%", piece.text):
            yield paper.planted("R01", "表中比率", [_whole(piece, rng)])


def result_of_an_equation(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The result of a printed calculation (R02)."""
    pattern = r"[×÷][\d.]+%?(?:×100%)?=([\d.]+)(?=[%分])"
    for piece, match in shuffled(paper.matches(pattern), rng):
        keep = 1 if len(match[1]) > 4 else 0
        yield paper.planted("R02", "算式的结果", [_slipped(piece, match, 1, rng, keep)])


def cell_of_the_budget(paper: Paper, rng: Random) -> Iterator[Planted]:
    """An amount of the row 年初+追加−调减=全年 or 全年−支出=结转 (R09)."""
    for piece in shuffled(paper.cells, rng):
        if piece.table is None or not _is_movement(piece.table):
            continue
        if paper.is_header(piece) or not re.fullmatch(r"\d+\.\d\d", piece.text):
            continue
        if float(piece.text):
            yield paper.planted("R09", "资金表一格", [_whole(piece, rng)])


def _is_movement(table: Table) -> bool:
    headers = {table.text_at(row, column) for row in (0, 1) for column in range(table.width)}
    return any("调减" in each for each in headers) and any("追加" in each for each in headers)


def movement_in_prose(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A part of the opening, added or whole-year budget in a sentence (R09)."""
    pattern = r"(?:批复数?|结转结余|追加|支出追加|全年预算数?|决算数?)([\d.]+)(?=亿元|万元|元)"
    for piece, match in shuffled(paper.matches(pattern, paper.prose), rng):
        denied = paper.count(match[1]) > 1 or "其中" in piece.text
        yield paper.planted("R09", "文中预算变动", [_slipped(piece, match, 1, rng)], denied=denied)


def cell_of_a_sum(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A cell of a column of amounts that is totalled, or the total (R10)."""
    for piece in shuffled(paper.cells, rng):
        table = piece.table
        if table is None or paper.is_header(piece) or piece.column == 0:
            continue
        has_total = any(re.search(r"合计|总计", table.text_at(r, 0)) for r in range(table.height))
        is_score = re.search(r"分", paper.header(piece)) or "选项" in table.text_at(0, 0)
        if has_total and not is_score and re.fullmatch(r"\d+\.\d\d(?:亿|万)?元?", piece.text):
            total = re.search(r"合计|总计", table.text_at(piece.row, 0))
            # The rounding of many rows may hide a slip in the last digit.
            edit = Edit(piece, 0, len(piece.text), slip(piece.text, rng, keep=1))
            yield paper.planted("R10", "合计" if total else "合计中一行", [edit])


def mention(paper: Paper, rng: Random) -> Iterator[Planted]:
    """One mention of an amount that is printed elsewhere (R11)."""
    pattern = r"([\u4e00-\u9fff]{2})(?:为|=)?([\d.]{4,})(?=亿元|万元|元|%|[\u4e00-\u9fff])"
    for piece, match in shuffled(paper.matches(pattern, paper.prose), rng):
        is_score = re.search(r"计分|该指标", piece.text)
        if is_score or not re.fullmatch(r"\d+\.\d+", match[2]):
            continue
        denied = paper.count(match[2]) > 1
        yield paper.planted("R11", "一处提及的数", [_slipped(piece, match, 2, rng)], denied=denied)


def target_or_actual(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Target or actual value of an indicator in one of the places (R11)."""
    pattern = r"(?:目标值|计划|实际完成|实际|达到|实际为)[≥≤]?(\d+(?:\.\d+)?)(?=[%\u4e00-\u9fff])"
    for piece, match in shuffled(paper.matches(pattern), rng):
        denied = paper.count(match[1]) > 1
        edit = _slipped(piece, match, 1, rng)
        yield paper.planted("R11", "目标值或完成值", [edit], denied=denied)


def _project_cells(paper: Paper) -> Iterator[tuple[Piece, str]]:
    for piece in paper.cells:
        table = piece.table
        if table is None or paper.is_header(piece):
            continue
        headers = [table.text_at(0, column) for column in range(table.width)]
        for column, header in enumerate(headers):
            if header in ("项目名称", "建设内容") and column != piece.column:
                yield piece, table.text_at(piece.row, column)


def amount_of_a_project(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The amount of a project in one of its lists (R12)."""
    found = [
        (piece, name)
        for piece, name in _project_cells(paper)
        if re.fullmatch(r"\d+\.\d\d(?:亿|万)?元?", piece.text) and "合计" not in name
    ]
    for piece, name in shuffled(found, rng):
        number = re.match(r"[\d.]+", piece.text)
        same = [p for p, n in found if n == name and p is not piece and p.text == piece.text]
        total = piece.table is not None and "合计" in piece.table.text_at(piece.table.height - 1, 0)
        told = number is not None and paper.count(number[0]) > 1
        denied = bool(same) or total or told
        yield paper.planted("R12", "一个项目的金额", [_whole(piece, rng)], denied=denied)


def state_of_a_project(paper: Paper, rng: Random) -> Iterator[Planted]:
    """已完成 instead of 未完成 in one list, or the other way round (R12)."""
    other = {"已完成": "未完成", "未完成": "已完成"}
    for piece in shuffled(paper.cells, rng):
        if piece.text in other:
            edit = Edit(piece, 0, 3, other[piece.text])
            yield paper.planted("R12", "项目完成状态", [edit])


def stated_count(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A count before a list, or of indicators (R14)."""
    patterns = (
        r"(\d+)项任务未(?:按时)?完成（",
        r"所属单位(\d+)个：",
        r"由?(\d+)个[一二三四]级指标",
        r"、(\d+)个[二三四]级指标",
        r"抽取其中(\d+)个",
        r"预算项目(\d+)个，",
        r"未(?:按时)?完成的任务数(?:为|=)?(\d+)",
    )
    for piece, match in shuffled(paper.matches("|".join(patterns)), rng):
        group = match.lastindex or 1
        number = str(max(int(match[group]) + rng.choice((-2, -1, 1, 2)), 1))
        if number != match[group]:
            edit = Edit(piece, *match.span(group), number)
            yield paper.planted("R14", "所述个数", [edit])


def part_above_the_whole(paper: Paper, rng: Random) -> Iterator[Planted]:
    """More valid questionnaires than were given out, more sampled than there are (R15)."""
    for piece in shuffled(paper.cells, rng):
        if piece.table is None or not re.fullmatch(r"\d+", piece.text) or piece.column < 2:
            continue
        name = piece.table.text_at(piece.row, piece.column - 1)
        whole = piece.table.text_at(piece.row, piece.column - 2)
        if re.search(r"有效|抽查", name) and whole.isdigit():
            new = str(int(whole) + rng.randint(1, 9))
            yield paper.planted("R15", "部分大于全部", [Edit(piece, 0, len(piece.text), new)])


def unit(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another unit for an amount, or no percent sign (R16)."""
    swap = {"亿元": "万元", "万元": "元", "元": "万元", "万吨": "吨", "万人次": "人次", "%": ""}
    pattern = r"(?<![\d.])([\d.]{3,})(亿元|万元|元|万吨|万人次|%)(?!的分值)"
    for piece, match in shuffled(paper.matches(pattern, paper.prose), rng):
        if "计分" in piece.text:
            continue
        edit = Edit(piece, *match.span(2), swap[match[2]])
        kind = "丢掉百分号" if match[2] == "%" else "单位写错"
        yield paper.planted("R16", kind, [edit], denied=paper.count(match[1]) > 1)


def unit_of_a_table(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another unit over a table whose amounts are printed elsewhere (R16)."""
    swap = {"亿元": "万元", "万元": "元", "元": "万元"}
    for piece, match in shuffled(paper.matches(r"^单位：(亿元|万元|元)$"), rng):
        yield paper.planted("R16", "表的单位", [Edit(piece, *match.span(1), swap[match[1]])])


def survey_cell(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A count or share of a question (R17)."""
    for piece in shuffled(paper.cells, rng):
        table = piece.table
        if table is None or table.text_at(0, 0) != "选项" or paper.is_header(piece):
            continue
        if re.fullmatch(r"\d+(?:\.\d+)?%?", piece.text):
            kind = "问卷占比" if "%" in piece.text else "问卷份数"
            yield paper.planted("R17", kind, [_whole(piece, rng)])


def satisfaction(paper: Paper, rng: Random) -> Iterator[Planted]:
    """The satisfaction in a sentence (R17)."""
    for piece, match in shuffled(paper.matches(r"满意度为?([\d.]+)%", paper.prose), rng):
        denied = paper.count(match[1]) > 1
        edit = _slipped(piece, match, 1, rng)
        yield paper.planted("R17", "文中满意度", [edit], denied=denied)
