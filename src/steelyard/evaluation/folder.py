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
from steelyard.evaluation.judgements import GivenTwice, load_judgements, load_readings
from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Ledger, Table
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.facts.load_facts import load_conflicts, load_facts, load_sources, load_table
from steelyard.files.records import Record, load_record
from steelyard.files.rows import load_rows
from steelyard.files.text import FileMissing
from steelyard.files.under_way import is_under_way
from steelyard.findings.chain import Chain
from steelyard.findings.load import load_findings, load_recommendations
from steelyard.framework.load import find_framework, load_framework
from steelyard.measure.nothing import DASHES
from steelyard.measure.number import read_number
from steelyard.provenance.origin import Origin, Source
from steelyard.scoring.compile import compile_framework
from steelyard.scoring.compiled import Rubric

PROCESS = Path(__file__).parent / "process"
"""The dictionary of every evaluation: goals, steps, members, opinions."""

PUBLISHED_COLUMNS = ("指标", "公布得分")

TOTAL = "总分"
"""How published.csv names the total, among the leaves."""


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


class HalfWritten(SteelyardError):
    """A batch of figures was cut off while its files were put in place."""

    code = "evaluation.half-written"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            what="上一批数据写到一半就中断了，有的文件是新的，有的还是旧的。",
            where=str(folder),
            mend="请运行 steelyard take 或 steelyard undo，它们会先把这一批补完。",
        )


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
        HalfWritten: A batch of figures is being put in place, or was cut off.
    """
    if not folder.is_dir() or not (folder / "evaluation.toml").exists():
        raise FileMissing(folder / "evaluation.toml")
    if is_under_way(folder):
        raise HalfWritten(folder)
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
    dictionary = _dictionary(folder, rubric, problems)
    if dictionary is None:
        # What names items that could not be read is no mistake of its own.
        raise Gathered(problems.errors)
    sources = load_sources(folder / "sources.csv", problems)
    before = len(problems.errors)
    facts = load_facts(folder / "facts.csv", dictionary, sources, problems)
    unread = not facts and len(problems.errors) > before
    tables = _tables(folder / "tables", dictionary, sources, places, problems)
    ledger = Ledger(dictionary, facts, tables)
    unread |= any(
        path.stem in dictionary.tables and path.stem not in tables
        for path in (folder / "tables").glob("*.csv")
        if len(problems.errors) > before
    )
    # What is about figures that could not be read is no mistake of its own.
    conflicts = (
        () if unread else load_conflicts(folder / "conflicts.csv", ledger, sources, problems)
    )
    judgements = load_judgements(folder / "judgements.csv", rubric, problems)
    choices = load_readings(folder / "readings.csv", rubric, problems)
    published = _published(folder / "published.csv", rubric, problems)
    chain = _chain(folder, rubric, problems)
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
        chain=chain,
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
    "findings.csv",
    "recommendations.csv",
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


def process_dictionary() -> Dictionary:
    """Return the data items and tables that every evaluation may hold."""
    return load_dictionary(PROCESS)


def _dictionary(folder: Path, rubric: Rubric, problems: Problems) -> Dictionary | None:
    """Return what the folder may hold: the framework's, the process', and its own.

    None when its own cannot be read.
    """
    known = rubric.dictionary.over(process_dictionary())
    if not (folder / "items.toml").exists():
        return known
    with problems.catch():
        return load_dictionary(folder, known)
    return None


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


def _published(path: Path, rubric: Rubric, problems: Problems) -> dict[str, Fraction]:
    published: dict[str, Fraction] = {}
    if not path.exists():
        return published
    with problems.catch():
        for row in load_rows(path, PUBLISHED_COLUMNS):
            with problems.catch(row.where()):
                total = row["指标"] in (TOTAL, "合计")
                leaf = TOTAL if total else rubric.framework.leaf(row["指标"]).text
                text = row["公布得分"]
                if leaf in published:
                    raise GivenTwice(f"“{leaf}”的公布得分")
                if text and text not in DASHES:
                    published[leaf] = read_number(text).value
    return published


def _chain(folder: Path, rubric: Rubric, problems: Problems) -> Chain:
    before = len(problems.errors)
    findings = load_findings(folder / "findings.csv", rubric.framework, problems)
    unread = not findings and len(problems.errors) > before
    # What is about findings that could not be read is no mistake of its own.
    known = None if unread else {finding.number for finding in findings}
    path = folder / "recommendations.csv"
    return Chain(findings, load_recommendations(path, known, problems))
