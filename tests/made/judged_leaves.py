"""Leaves that people judge (评判指标), from the word list, by all rules of points.

What each earns is reckoned here from the verdicts, by hand so to speak; the
product is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from tests.made.candidate import (
    ASSETS,
    GOALS,
    LASTING,
    MONEY,
    SYSTEM,
    Candidate,
    Path,
    Readings,
    because,
    bounded,
)
from tests.made.draft import Draft, Leaf
from tests.made.style import load_words

MARKS = "①②③④⑤⑥⑦⑧"
_SHARES = {2: (50, 50), 3: (40, 30, 30), 4: (25, 25, 25, 25), 5: (20, 20, 20, 20, 20)}
_AREAS = {
    "initiation": GOALS,
    "goal": GOALS,
    "input": GOALS,
    "system": SYSTEM,
    "funds": MONEY,
    "assets": ASSETS,
    "lasting": LASTING,
}
Verdict = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """One entry of the word list (词条)."""

    name: str
    topic: str
    kind: str
    meaning: str
    evidence: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    """What is asked, and what is said when it is not met."""


def _words() -> tuple[Words, ...]:
    raw = load_words("judged.toml")["leaf"]
    assert isinstance(raw, list)
    return tuple(
        Words(
            name=each["name"],
            topic=each["topic"],
            kind=each["kind"],
            meaning=each["meaning"],
            evidence=tuple(each["evidence"]),
            points=tuple((text, fault) for text, fault in each["point"]),
        )
        for each in raw
    )


WORDS = _words()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A rule with verdicts, and what they earn."""

    rule: Mapping[str, object]
    verdicts: tuple[Verdict, ...]
    earned: Fraction
    readings: Mapping[str, Mapping[str, object]]


def judged_candidates(draft: Draft) -> list[Candidate]:
    """Return the leaves of the word list that fit the kind of evaluation."""
    return [
        Candidate(each.name, (each.topic,), partial(_leaf, each))
        for each in WORDS
        if each.kind in ("", draft.style.kind)
    ]


def _leaf(words: Words, draft: Draft, path: Path, points: Fraction) -> Leaf:
    chance = draft.chance
    maker = chance.choice(_MAKERS)
    judged = maker(words, draft, points)
    faults = [why for _, verdict, why, _ in judged.verdicts if verdict not in _GOOD]
    return Leaf(
        path=path,
        points=points,
        meaning=words.meaning,
        rule=judged.rule,
        earned=judged.earned,
        fault="；".join(faults) or "个别要求落实不到位",
        area=_AREAS[words.topic],
        advice=f"对照评分要点逐项整改，补齐{words.evidence[0]}等资料，明确责任人和完成时间",
        readings=judged.readings,
        evidence=words.evidence,
        judgements=judged.verdicts,
    )


_GOOD = ("符合", "0", "未发生")


def _met(words: Words, draft: Draft) -> tuple[Verdict, ...]:
    """Judge every point; most are met."""
    found = []
    for mark, (_, fault) in zip(MARKS, words.points, strict=False):
        met = draft.chance.random() > 0.2
        paper = draft.chance.choice(words.evidence)
        found.append((mark, "符合" if met else "不符合", "" if met else fault, paper))
    return tuple(found)


def _shares(words: Words) -> tuple[Fraction, ...]:
    return tuple(Fraction(share, 100) for share in _SHARES[len(words.points)])


def _won(verdicts: tuple[Verdict, ...], worth: tuple[Fraction, ...]) -> Fraction:
    pairs = zip(verdicts, worth, strict=True)
    return sum((each for verdict, each in pairs if verdict[1] == "符合"), Fraction(0))


def _checklist(words: Words, draft: Draft, points: Fraction) -> _Judged:
    worth = tuple(share * points for share in _shares(words))
    readings: Readings = {}
    factor = Fraction(1)
    if draft.chance.random() < 0.2:
        # The rubric promises other points than the leaf has: how to fit is read explicitly.
        worth = tuple(Fraction(3, 5) for _ in words.points)
        total = sum(worth, Fraction(0))
        if total != points:
            readings["fit"] = because("scale", "要点合计与分值不符，按分值同比折算。")
            factor = points / total
    listed = [
        {"text": text, "points": each} for (text, _), each in zip(words.points, worth, strict=True)
    ]
    verdicts = _met(words, draft)
    earned = _won(verdicts, worth) * factor
    return _Judged({"use": "checklist", "points": listed}, verdicts, earned, readings)


def _share(words: Words, draft: Draft, points: Fraction) -> _Judged:
    listed = [
        {"text": text, "share": f"{int(each * 100)}%"}
        for (text, _), each in zip(words.points, _shares(words), strict=True)
    ]
    verdicts = _met(words, draft)
    earned = points * _won(verdicts, _shares(words))
    return _Judged({"use": "checklist-share", "points": listed}, verdicts, earned, {})


def _defects_by_point(words: Words, draft: Draft, points: Fraction) -> _Judged:
    chance = draft.chance
    base = chance.choice(["leaf", "point"])
    lose = chance.choice([10, 20])
    verdicts, lost = [], Fraction(0)
    for mark, (_, fault), share in zip(MARKS, words.points, _shares(words), strict=False):
        count = chance.choice([0, 0, 0, 0, 1, 2])
        paper = chance.choice(words.evidence)
        verdicts.append((mark, str(count), fault if count else "", paper))
        one = Fraction(lose, 100) * (share if base == "point" else 1)
        lost += min(one * count, share)
    listed = [
        {"text": text, "share": f"{int(each * 100)}%"}
        for (text, _), each in zip(words.points, _shares(words), strict=True)
    ]
    rule = {"use": "checklist-defects", "points": listed, "lose": f"{lose}%"}
    why = {"leaf": "“本项分值”指本指标分值。", "point": "“本项分值”指该要点分值。"}[base]
    return _Judged(rule, tuple(verdicts), points * (1 - lost), {"base": because(base, why)})


def _required(words: Words, draft: Draft, points: Fraction) -> _Judged:
    verdicts = _met(words, draft)
    missing = sum(verdict[1] == "不符合" for verdict in verdicts)
    by_share = draft.chance.random() < 0.5
    lose = points / 5 if by_share else points / 4
    rule = {
        "use": "defects",
        "items": [text for text, _ in words.points],
        "lose": "20%" if by_share else lose,
    }
    return _Judged(rule, verdicts, bounded(points - lose * missing, points), {})


def _counted(words: Words, draft: Draft, points: Fraction) -> _Judged:
    count = draft.chance.choice([0, 0, 1, 2, 3])
    faults = [fault for _, fault in draft.chance.sample(words.points, min(2, len(words.points)))]
    verdict = ("①", str(count), "；".join(faults) if count else "", words.evidence[0])
    rule = {"use": "defects", "count": "不符合要求的项数", "lose": "10%"}
    earned = bounded(points - points * Fraction(count, 10), points)
    return _Judged(rule, (verdict,), earned, {})


def _veto(words: Words, draft: Draft, points: Fraction) -> _Judged:
    inner = draft.chance.choice([_checklist, _share, _counted])(words, draft, points)
    happened = draft.chance.random() < 0.04
    why = "核查年度内发生一起责任事故" if happened else ""
    verdict = ("否决", "发生" if happened else "未发生", why, "核查记录")
    rule = {"use": "veto", "text": "发生重大违纪违规问题", "then": inner.rule}
    earned = Fraction(0) if happened else inner.earned
    return _Judged(rule, (verdict, *inner.verdicts), earned, inner.readings)


_Maker = Callable[[Words, Draft, Fraction], _Judged]
_MAKERS: tuple[_Maker, ...] = (
    _checklist,
    _checklist,
    _share,
    _defects_by_point,
    _required,
    _counted,
    _veto,
)
