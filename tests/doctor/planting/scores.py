"""Errors in points, scores, rules and grade (分值、得分和等级的错误)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.doctor.planting.paper import Edit, Paper, Piece, Planted, Span, shuffled, slip

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = r"该指标分值([\d.]+)分，扣([\d.]+)分，实际得分([\d.]+)分"


def _slipped(piece: Piece, match: re.Match[str], group: int, rng: Random, keep: int = 0) -> Edit:
    return Edit(piece, *match.span(group), slip(match.group(group), rng, keep=keep))


def sentence_of_an_indicator(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Points, deduction or score in 该指标分值…扣…实际得分… (R03)."""
    for piece, match in shuffled(paper.matches(_SENTENCE), rng):
        edit = _slipped(piece, match, rng.choice((1, 2, 3)), rng)
        yield paper.planted("R03", "指标得分句中一数", [edit])


def _score_cells(paper: Paper) -> Iterator[Piece]:
    for piece in paper.cells:
        is_score = paper.header(piece) in ("分值", "得分") and not paper.is_header(piece)
        if is_score and _NUMBER.fullmatch(piece.text):
            yield piece


def cell_of_an_indicator(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Points or score of one indicator in a table (R04)."""
    rows = [each for each in _score_cells(paper) if "合计" not in paper.row_text(each)]
    for piece in shuffled(rows, rng):
        edit = Edit(piece, 0, len(piece.text), slip(piece.text, rng))
        yield paper.planted("R04", f"表中一个指标的{paper.header(piece)}", [edit])


def total_cell(paper: Paper, rng: Random) -> Iterator[Planted]:
    """合计 of points or scores in a table (R05)."""
    rows = [each for each in _score_cells(paper) if "合计" in paper.row_text(each)]
    for piece in shuffled(rows, rng):
        edit = Edit(piece, 0, len(piece.text), slip(piece.text, rng))
        yield paper.planted("R05", f"得分表合计的{paper.header(piece)}", [edit])


def group_points(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Points of a group printed under its name, as （9.5分） (R05)."""
    for piece, match in shuffled(paper.matches(r"（([\d.]+)分）$", paper.cells), rng):
        yield paper.planted("R05", "表中一级或二级指标的分值", [_slipped(piece, match, 1, rng)])


def score_in_prose(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Total, chapter score, or its distance to the next grade, in a sentence (R05)."""
    pattern = r"(?:评价得分|实际得分|[\u4e00-\u9fff]得分|还差|的下限)([\d.]+)分(?=，|；|。得)"
    found = [each for each in paper.matches(pattern, paper.prose) if "该指标" not in each[0].text]
    found = [each for each in found if "计分过程" not in each[0].text]
    for piece, match in shuffled(found, rng):
        yield paper.planted("R05", "文中总分或一级指标得分", [_slipped(piece, match, 1, rng)])


def grade_word(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another grade than the total gives (R05)."""
    names = {match[1] for _, match in paper.matches(r"为“([优良中差好秀]{1,2})”")}
    bands = [match[1] for _, match in paper.matches(r"为“([^”]{1,2})”[，；。]")]
    for piece, match in shuffled(paper.matches(r"等级为“([^”]{1,2})”"), rng):
        others = sorted({*names, *bands} - {match[1]})
        edit = Edit(piece, *match.span(1), rng.choice(others))
        yield paper.planted("R05", "等级", [edit])


def _rules(paper: Paper) -> list[Piece]:
    return [each for each in paper.cells if re.search(r"评分(?:方法|标准)", paper.header(each))]


def criterion(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Points or share of one criterion of a rule (R06)."""
    rules = [each for each in _rules(paper) if "①" in each.text]
    for piece, match in shuffled(paper.matches(r"[计占]([\d.]+)(?:分|%)(?=[；。])", rules), rng):
        edit = _slipped(piece, match, 1, rng)
        # A rule that says that its points are scaled to fit denies no change of them.
        denied = "同比折算" not in piece.text
        yield paper.planted("R06", "一个要点的分值或占比", [edit], denied=denied)


def band_edge(paper: Paper, rng: Random) -> Iterator[Planted]:
    """One edge of one band of a rule (R07)."""
    pattern = r"(?:[＜<]([\d.]+)%|([\d.]+)%≤)"
    for piece, match in shuffled(paper.matches(pattern, _rules(paper)), rng):
        group = 1 if match[1] else 2
        denied = len(re.findall(rf"(?<![\d.]){match[group]}%", piece.text)) > 1
        edit = _slipped(piece, match, group, rng)
        planted = paper.planted("R07", "一档的界限", [edit], denied=denied)
        # Which of two edges that do not meet is wrong, nobody can tell: the rule is.
        yield replace(planted, spans=(Span(piece.place, 0, len(piece.text)),))


def points_of_a_band(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Other points for the band that an indicator fell in: only the rule denies its score (R08)."""
    for piece in shuffled(_rules(paper), rng):
        band = re.search(r"落在“([^”]+)”一档", paper.row_text(piece))
        if band is None:
            continue
        clause = re.compile(re.escape(band[1]) + r"的，(?:得|计)(?:分值的)?([\d.]+)[分%]")
        for match in clause.finditer(piece.text):
            edit = _slipped(piece, match, 1, rng, keep=len(match[1]) > 4)
            yield paper.planted("R08", "评分标准中所落一档的分", [edit])


def rate_of_a_rule(paper: Paper, rng: Random) -> Iterator[Planted]:
    """Another deduction a piece or step than was applied (R08)."""
    pattern = r"(?:未完成|未按时完成|[低超][于过][\d.]+%)扣([\d.]+)分"
    for piece, match in shuffled(paper.matches(pattern, _rules(paper)), rng):
        applied = bool(re.search(r"扣[\d.]+[×步]|应扣", paper.row_text(piece)))
        edit = _slipped(piece, match, 1, rng)
        yield paper.planted("R08", "评分标准中每项扣分", [edit], denied=applied)


def score_everywhere(paper: Paper, rng: Random) -> Iterator[Planted]:
    """A score by band changed in all places, another of the chapter evens it out (R08)."""
    leaves = list(_leaves(paper))
    for leaf in shuffled(leaves, rng):
        by_band = rf"落在“[^”]+”一档，得{re.escape(leaf.score)}分"
        if not re.search(by_band, _text_under(paper, leaf)) or float(leaf.score) <= _STEP:
            continue
        for other in shuffled(leaves, rng):
            if _can_even_out(paper, leaf, other):
                edits = [*_rescored(paper, leaf, -_STEP), *_rescored(paper, other, _STEP)]
                yield paper.planted("R08", "一处得分各处一致地改动", edits)
                break


_STEP = 0.5
"""What one indicator loses and another gains."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An indicator with its sentence (末级指标)."""

    name: str
    heading: str
    chapter: str
    block: int
    points: str
    lost: str
    score: str


def _leaves(paper: Paper) -> Iterator[_Leaf]:
    chapter = ""
    for piece in paper.pieces:
        if piece.table is None and re.match(r"（[一二三四五六七八九十]+）", piece.text):
            chapter = piece.text
        for match in re.finditer(_SENTENCE, piece.text):
            name = re.sub(r"^[（(\d)）．.]+", "", piece.heading)
            yield _Leaf(name, piece.heading, chapter, piece.place[0], *match.groups())


def _can_even_out(paper: Paper, leaf: _Leaf, other: _Leaf) -> bool:
    """Whether another indicator of the chapter may gain what this one loses, by words alone."""
    if other is leaf or other.chapter != leaf.chapter:
        return False
    fits = float(other.score) + _STEP <= float(other.points)
    return fits and not re.search(r"×|档|计分过程", _text_under(paper, other))


def _is_under(piece: Piece, leaf: _Leaf) -> bool:
    return piece.heading == leaf.heading and abs(piece.place[0] - leaf.block) < 12


def _text_under(paper: Paper, leaf: _Leaf) -> str:
    return "\n".join(each.text for each in paper.pieces if _is_under(each, leaf))


def _rescored(paper: Paper, leaf: _Leaf, step: float) -> Iterator[Edit]:
    """Yield the edits that give an indicator another score wherever it is printed."""
    score, lost = _moved(leaf.score, step), _moved(leaf.lost, -step)
    scored = re.compile(rf"得分?({re.escape(leaf.score)})分")
    deducted = re.compile(rf"扣({re.escape(leaf.lost)})分")
    in_a_problem = re.compile(rf"{re.escape(leaf.name)}扣({re.escape(leaf.lost)})分")
    for piece in paper.pieces:
        if re.search(r"评分|标准|规则", paper.header(piece)) and not paper.is_header(piece):
            continue  # The rule stays: it is what denies the score.
        in_row = piece.table is not None and leaf.name in paper.row_text(piece).split("|")
        if in_row or _is_under(piece, leaf):
            for match in scored.finditer(piece.text):
                yield Edit(piece, *match.span(1), score)
            for match in deducted.finditer(piece.text):
                yield Edit(piece, *match.span(1), lost)
            if in_row and paper.header(piece) == "得分" and piece.text == leaf.score:
                yield Edit(piece, 0, len(piece.text), score)
        else:
            for match in in_a_problem.finditer(piece.text):
                yield Edit(piece, *match.span(1), lost)


def _moved(number: str, step: float) -> str:
    return f"{float(number) + step:.2f}".rstrip("0").rstrip(".")
