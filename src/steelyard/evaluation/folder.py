"""Reading an evaluation folder (读取评价文件夹).

The folder is read as a whole: every mistake in every file is gathered before
anything is refused. Nothing in it is changed.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from steelyard.checks.load import load_checks
from steelyard.checks.tie_out import TieOut
from steelyard.errors import Gathered, Problems, SteelyardError
from steelyard.evaluation.evaluation import Evaluation
from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Ledger, Table
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.facts.load_facts import load_conflicts, load_facts, load_sources, load_table
from steelyard.files.records import Record, load_record
from steelyard.files.rows import Row, load_rows
from steelyard.files.text import FileMissing
from steelyard.framework.indicator import Choice
from steelyard.framework.load import find_framework, load_framework
from steelyard.measure.nothing import DASHES
from steelyard.measure.number import read_number
from steelyard.measure.quantity import Quantity, Value
from steelyard.provenance.origin import Origin, Source
from steelyard.scoring.compile import choose, compile_framework
from steelyard.scoring.compiled import Rubric
from steelyard.scoring.rules.compound import VETO
from steelyard.scoring.rules.rule import CIRCLED, Ask, Judgement

JUDGEMENT_COLUMNS = ("指标", "要点", "结论", "理由", "证据", "内容", "可填")
"""The last two are hints for whoever fills in; nothing is read from them."""

READING_COLUMNS = ("指标", "口径", "采用", "仍可", "理由", "可选")
"""The last is a hint for whoever fills in."""

PUBLISHED_COLUMNS = ("指标", "公布得分")


TOTAL = "总分"
"""How published.csv names the total, among the leaves."""


class BadJudgement(SteelyardError):
    """A judgement that answers nothing that was asked."""

    code = "evaluation.bad-judgement"


class GivenTwice(SteelyardError):
    """A row that says again what a row before it said."""

    code = "evaluation.given-twice"

    def __init__(self, thing: str) -> None:
        super().__init__(what=f"{thing}写了两次。", mend="请只留一处。")


class WrongVersion(SteelyardError):
    """The folder was made for another version of the framework."""

    code = "evaluation.wrong-version"

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            what=f"评价所用指标体系为“{wanted}”，找到的是“{found}”。",
            mend="请用 steelyard framework diff 比较两版后，改写 framework 一项。",
        )


class StrayTable(SteelyardError):
    """A table file that the dictionary does not know."""

    code = "evaluation.stray-table"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(what=f"数据字典中没有表“{name}”。", mend=f"可用的表：{'、'.join(known)}。")


class StrayFile(SteelyardError):
    """A file of figures that nobody reads, for its name."""

    code = "evaluation.stray-file"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        mend = f"是否应名为“{near[0]}”？" if near else "表应为 tables/表名.csv；其他材料请另放。"
        super().__init__(what=f"“{name}”不会被读取。", where=name, mend=mend)


@dataclass(frozen=True, slots=True)
class Book:
    """A framework read from its directory, ready to score (成套指标体系)."""

    rubric: Rubric
    checks: tuple[TieOut, ...]


def load_book(folder: Path) -> Book:
    """Read a framework with its dictionary and tie-outs.

    Raises:
        Gathered: Every mistake of the three files.
    """
    problems = Problems()
    framework = dictionary = None
    with problems.catch():
        framework = load_framework(folder)
    with problems.catch():
        dictionary = load_dictionary(folder)
    problems.settle()
    if framework is None or dictionary is None:
        raise Gathered(problems.errors)
    checks: tuple[TieOut, ...] = ()
    rubric = None
    with problems.catch():
        rubric = compile_framework(framework, dictionary)
    with problems.catch():
        checks = load_checks(folder, dictionary)
    problems.settle()
    if rubric is None:
        raise Gathered(problems.errors)
    return Book(rubric, checks)


def load_evaluation(folder: Path) -> Evaluation:
    """Read an evaluation folder.

    Raises:
        Gathered: Every mistake of the folder, with file, line, field, mend.
        FileMissing: There is no evaluation.toml.
    """
    if not folder.is_dir() or not (folder / "evaluation.toml").exists():
        raise FileMissing(folder / "evaluation.toml")
    problems = Problems()
    record = load_record(folder / "evaluation.toml", problems)
    title, department = record.text("title"), record.text("department")
    year, reference = _year(record), record.text("framework")
    agency, date = record.text("agency", ""), record.text("date", "")
    places = record.record("tables")
    record.finish()
    if not reference:
        problems.settle()
    home = book = None
    with problems.catch(record.where("framework")):
        home = find_framework(reference, folder)
    with problems.catch():
        book = None if home is None else load_book(home)
    if book is None:
        raise Gathered(problems.errors)
    rubric = book.rubric
    found, wanted = rubric.framework.reference, reference.rpartition("/")[2]
    if "@" in wanted and wanted != found:
        problems.add(WrongVersion(wanted, found).at(record.where("framework")))
    _refuse_strays(folder, problems)
    sources = load_sources(folder / "sources.csv", problems)
    before = len(problems.errors)
    facts = load_facts(folder / "facts.csv", rubric.dictionary, sources, problems)
    unread = not facts and len(problems.errors) > before
    tables = _tables(folder / "tables", rubric.dictionary, sources, places, problems)
    ledger = Ledger(rubric.dictionary, facts, tables)
    unread |= any(
        path.stem in rubric.dictionary.tables and path.stem not in tables
        for path in (folder / "tables").glob("*.csv")
        if len(problems.errors) > before
    )
    # What is about figures that could not be read is no mistake of its own.
    conflicts = (
        () if unread else load_conflicts(folder / "conflicts.csv", ledger, sources, problems)
    )
    judgements = _judgements(folder / "judgements.csv", rubric, problems)
    choices = _choices(folder / "readings.csv", rubric, problems)
    published = _published(folder / "published.csv", rubric, problems)
    problems.settle()
    return Evaluation(
        title=title,
        department=department,
        year=year,
        rubric=rubric,
        ledger=ledger,
        checks=book.checks,
        judgements=judgements,
        choices=choices,
        conflicts=conflicts,
        sources=sources,
        published_total=published.pop(TOTAL, None),
        published=published,
        agency=agency,
        date=date,
    )


_FILES = (
    "facts.csv",
    "judgements.csv",
    "conflicts.csv",
    "readings.csv",
    "sources.csv",
    "published.csv",
)


def _refuse_strays(folder: Path, problems: Problems) -> None:
    """Refuse CSV files that nobody would read: a misspelt name loses figures in silence."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name not in _FILES:
            problems.add(StrayFile(path.name, _FILES))
    tables = folder / "tables"
    for path in sorted(tables.iterdir()) if tables.is_dir() else ():
        if not path.name.startswith(".") and path.suffix != ".csv":
            problems.add(StrayFile(f"tables/{path.name}", ()))


def _year(record: Record) -> int:
    year = record.number("year")
    if year.denominator != 1:
        record.wrong("year", "年度应为整数。", "例如 year = 2023。")
    return int(year)


def _tables(
    folder: Path,
    dictionary: Dictionary,
    sources: dict[str, Source],
    places: Record,
    problems: Problems,
) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    origins: dict[str, Origin] = {}
    for name in list(places.fields):
        inner = places.record(name)
        source = inner.text("source", "")
        known = sources.get(source)
        title = known.title if known is not None else source
        origins[name] = Origin(title, inner.text("place", ""))
        inner.finish()
    if not folder.is_dir():
        return tables
    for path in sorted(folder.glob("*.csv")):
        spec = dictionary.tables.get(path.stem)
        if spec is None:
            problems.add(StrayTable(path.stem, tuple(dictionary.tables)).at(f"tables/{path.name}"))
            continue
        table = load_table(path, spec, origins.get(path.stem, Origin()), problems)
        if table is not None:
            tables[path.stem] = table
    return tables


def _leaf_of(row: Row, rubric: Rubric) -> str:
    return rubric.framework.leaf(row["指标"]).text


def _judgements(path: Path, rubric: Rubric, problems: Problems) -> dict[str, dict[str, Judgement]]:
    judgements: dict[str, dict[str, Judgement]] = {}
    if not path.exists():
        return judgements
    with problems.catch():
        for row in load_rows(path, JUDGEMENT_COLUMNS[:3], JUDGEMENT_COLUMNS[3:]):
            with problems.catch(row.where("指标")):
                leaf = _leaf_of(row, rubric)
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


def _choices(path: Path, rubric: Rubric, problems: Problems) -> dict[str, dict[str, Choice]]:
    choices: dict[str, dict[str, Choice]] = {}
    if not path.exists():
        return choices
    with problems.catch():
        for row in load_rows(path, READING_COLUMNS[:3], READING_COLUMNS[3:]):
            with problems.catch(row.where()):
                leaf = _leaf_of(row, rubric)
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


def _published(path: Path, rubric: Rubric, problems: Problems) -> dict[str, Fraction]:
    published: dict[str, Fraction] = {}
    if not path.exists():
        return published
    with problems.catch():
        for row in load_rows(path, PUBLISHED_COLUMNS):
            with problems.catch(row.where()):
                total = row["指标"] in (TOTAL, "合计")
                leaf, text = TOTAL if total else _leaf_of(row, rubric), row["公布得分"]
                if leaf in published:
                    raise GivenTwice(f"“{leaf}”的公布得分")
                if text and text not in DASHES:
                    published[leaf] = read_number(text).value
    return published
