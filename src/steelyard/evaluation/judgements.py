"""What people decided in an evaluation (评判与口径选择).

Reads judgements.csv and readings.csv against what the rubric asks and leaves
open. An answer to nothing that was asked is refused; none is ever guessed.
"""

from __future__ import annotations

from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.rows import Row, load_rows
from steelyard.framework.indicator import Choice
from steelyard.measure.nothing import DASHES
from steelyard.measure.number import read_number
from steelyard.measure.quantity import Quantity, Value
from steelyard.scoring.compile import choose
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.rules.compound import VETO
from steelyard.scoring.rules.rule import CIRCLED, Ask, Judgement

JUDGEMENT_COLUMNS = ("指标", "要点", "结论", "理由", "证据", "内容", "可填")
"""The last two are hints for whoever fills in; nothing is read from them."""

READING_COLUMNS = ("指标", "口径", "采用", "仍可", "理由", "可选")
"""The last is a hint for whoever fills in."""


class BadJudgement(SteelyardError):
    """A judgement that answers nothing that was asked."""

    code = "evaluation.bad-judgement"


class GivenTwice(SteelyardError):
    """A row that says again what a row before it said."""

    code = "evaluation.given-twice"

    def __init__(self, thing: str) -> None:
        super().__init__(what=f"{thing}写了两次。", mend="请只留一处。")


def load_judgements(
    path: Path, rubric: Rubric, problems: Problems
) -> dict[str, dict[str, Judgement]]:
    """Read judgements.csv; an absent file means no judgements.

    Returns:
        Judgements by leaf path and point; what is left empty is absent.
    """
    judgements: dict[str, dict[str, Judgement]] = {}
    if not path.exists():
        return judgements
    with problems.catch():
        for row in load_rows(path, JUDGEMENT_COLUMNS[:3], JUDGEMENT_COLUMNS[3:]):
            with problems.catch(row.where("指标")):
                leaf = rubric.framework.leaf(row["指标"]).text
                asks = {ask.key: ask for ask in rubric.leaf(leaf).asks()}
                _judge(row, leaf, asks, judgements, problems)
    return judgements


def _judge(
    row: Row,
    leaf: str,
    asks: dict[str, Ask],
    judgements: dict[str, dict[str, Judgement]],
    problems: Problems,
) -> None:
    with problems.catch(row.where("要点")):
        key = _mark(row["要点"])
        if key not in asks:
            raise BadJudgement(
                what=f"“{leaf}”没有要点“{row['要点']}”。",
                mend=f"可填：{'、'.join(asks) or '（这项指标不需评判）'}。",
            )
        known = judgements.setdefault(leaf, {})
        if key in known:
            raise BadJudgement(
                what=f"“{leaf}”的要点{key}评判了两次，已见于{known[key].where}。",
                mend="请只留一处。",
            )
        value = _verdict(row, asks[key], problems)
        if value is None:
            return
        lost = value is False or (isinstance(value, Quantity) and value.base > 0)
        lost = (value is True) if asks[key].kind == "happened" else lost
        if lost and not row["理由"]:
            problems.add(
                BadJudgement(
                    what=f"“{leaf}”的要点{key}扣分而没有理由。",
                    where=row.where("理由"),
                    mend="请写明理由。",
                )
            )
        known[key] = Judgement(value, row["理由"], row["证据"], row.where())


def _mark(text: str) -> str:
    if text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= len(CIRCLED):
        return CIRCLED[int(text) - 1]
    return VETO if text == "否决" else text


def _verdict(row: Row, ask: Ask, problems: Problems) -> Value | None:
    text = row["结论"]
    if not text:
        return None
    with problems.catch(row.where("结论")):
        if text in DASHES:
            raise BadJudgement(
                what="要点不能填“—”。",
                mend="不适用的要点请按评分口径填结论（如“符合”或 0），并在理由中写明不适用。",
            )
        words = {
            "met": {"符合": True, "不符合": False},
            "happened": {"发生": True, "未发生": False},
        }
        if ask.kind == "defects":
            number = read_number(text.removesuffix("处").removesuffix("项"))
            if number.value < 0 or number.value.denominator != 1:
                raise BadJudgement(what=f"不符处数“{text}”应为不小于零的整数。", mend="请核对。")
            return Quantity.of(number.value, places=0)
        if text not in words[ask.kind]:
            raise BadJudgement(
                what=f"结论“{text}”不明。", mend=f"请填：{'、'.join(words[ask.kind])}。"
            )
        return words[ask.kind][text]
    return None


def load_readings(path: Path, rubric: Rubric, problems: Problems) -> dict[str, dict[str, Choice]]:
    """Read readings.csv; an absent file leaves the framework's readings.

    Returns:
        Choices by leaf path and axis, where the evaluation makes one.
    """
    choices: dict[str, dict[str, Choice]] = {}
    if not path.exists():
        return choices
    with problems.catch():
        for row in load_rows(path, READING_COLUMNS[:3], READING_COLUMNS[3:]):
            with problems.catch(row.where()):
                leaf = rubric.framework.leaf(row["指标"]).text
                also = tuple(part for part in row["仍可"].replace(",", "、").split("、") if part)
                if not row["采用"] and not also:
                    continue  # the framework's reading stands
                axes = rubric.leaf(leaf).axes
                choice = {row["口径"]: Choice(row["采用"], row["理由"], also)}
                named = [axis.key for axis in axes if axis.is_called(row["口径"])]
                settled = choose(axes, choice)
                if named[0] in choices.setdefault(leaf, {}):
                    raise GivenTwice(f"“{leaf}”的口径“{row['口径']}”")
                choices[leaf][named[0]] = settled[named[0]]
    return choices
