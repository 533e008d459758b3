"""References in templates and narrative (引用): what stands between braces.

``{{ 全年预算数 }}`` is a data item, ``{{ 项目[30].决算数 | 数 }}`` a cell,
``{{ 全年支出决算数 / 全年预算数 | % }}`` any formula, ``{{ 得分：本项 }}`` an
award, ``{{ 表：重点工作情况表 }}`` a cross-reference. Each is looked up here and
nowhere else, so that a number is typed once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from steelyard.checks.tie_out import ClaimScope
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.facts.ledger import Ledger, TableRow
from steelyard.formula.derivation import Derivation
from steelyard.formula.evaluate import RowScope, evaluate
from steelyard.formula.parse import parse
from steelyard.formula.tree import Name, needs
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Value
from steelyard.report.compose.here import Here
from steelyard.report.compose.printed import Format, printed, read_format
from steelyard.report.compose.score_words import KINDS, Said, built_in, is_built_in, say_score
from steelyard.report.compose.scores import WHOLE, is_subject
from steelyard.report.model.blocks import Missing
from steelyard.report.model.runs import Figure, Gap, Link, Run, Runs, Text
from steelyard.report.proof.text import fact_door, row_door

BRACES = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_KIND = re.compile(r"(?P<kind>[\u4e00-\u9fff]{1,5})\s*[：:]\s*(?P<target>.*)", re.DOTALL)
_CELL = re.compile(r"(?P<table>[^\[\]]+)\[(?P<row>[^\[\]]+)\][.．](?P<column>[^\s|.]+)")
_IN_ROW = re.compile(r"(?P<table>[^\[\]：:]+)\[(?P<row>[^\[\]]+)\]\s*[：:]\s*(?P<formula>.+)")
LINKS = ("表", "图", "附件")
LIST = "名单"


_parsed = lru_cache(maxsize=4096)(parse)
"""One template stands in many rows."""


class UnknownReference(SteelyardError):
    """A reference to nothing."""

    code = "report.unknown-reference"

    def __init__(self, source: str, known: tuple[str, ...] = (), why: str = "") -> None:
        near = difflib.get_close_matches(source, list(known), n=1)
        mend = f"是否想写“{near[0]}”？" if near else "请核对名称，或先在数据字典中登记。"
        said = f"：{why}" if why else "。"
        super().__init__(what=f"引用“{{{{ {source} }}}}”没有所指{said}", mend=mend)


class OpenBrace(SteelyardError):
    """Braces that are not closed."""

    code = "report.open-brace"

    def __init__(self, text: str) -> None:
        super().__init__(
            what=f"“{text[:30]}”的双花括号不成对。", mend="引用应写成 {{ 名称 }}，写在一行之内。"
        )


@dataclass(frozen=True, slots=True)
class Misprint:
    """A figure to be printed as somebody else printed it (原稿印数)."""

    place: str
    """Passage, caption or form in which it stands; empty for anywhere."""

    reference: str
    text: str


@dataclass(slots=True)
class References:
    """Looks references up, and keeps account of what is missing (引用)."""

    outcome: Outcome
    words: Mapping[str, str]
    """Words of the folder, templates themselves."""

    misprints: tuple[Misprint, ...] = ()
    as_published: bool = False
    printed_names: frozenset[str] = frozenset()
    """Tables, charts and annexes that this report prints, as links name them."""

    gaps: list[Missing] = field(default_factory=list)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    """How each computed reference came about, by its address."""

    _resolving: list[str] = field(default_factory=list)

    def runs(self, template: str, here: Here, *, strong: bool = False) -> Runs:
        """Return a template with its references looked up.

        Raises:
            UnknownReference: One leads to nothing.
            OpenBrace: Braces are not closed.
        """
        found: list[Run] = []
        at = 0
        for match in BRACES.finditer(template):
            self._words(template[at : match.start()], found, strong=strong)
            found.extend(self.run(match[1], here, strong=strong))
            at = match.end()
        self._words(template[at:], found, strong=strong)
        return tuple(found)

    @staticmethod
    def _words(text: str, found: list[Run], *, strong: bool) -> None:
        if "{{" in text or "}}" in text:
            raise OpenBrace(text)
        if text:
            found.append(Text(text, strong))

    def run(self, source: str, here: Here, *, strong: bool = False) -> Runs:
        """Return what one reference prints.

        Raises:
            UnknownReference: It leads to nothing.
            BadFormat: It asks for a way of printing that there is none of.
        """
        body, *parts = [part.strip() for part in _split(source)]
        how = read_format([part for part in parts if part])
        if body in self.words:
            return self._word(body, here)
        kind, target = _kind(body)
        if kind in LINKS:
            target = _named(target, here)
            return (Link(f"{kind}:{target}", target),)
        run = self._figure(source, how, here)
        if isinstance(run, Gap):
            self.gaps.append(Missing(run.what, here.place))
            return (run,)
        misprint = self._misprint(run.reference, here)
        text = run.text if misprint is None else misprint
        return (replace(run, text=text, strong=strong),)

    def _figure(self, source: str, how: Format, here: Here) -> Figure | Gap:
        reference = canonical(source, here)
        body = _split(source)[0].strip()
        kind, target = _kind(body)
        if kind == LIST:
            return self._listed(target, reference)
        said: Said | None
        if kind in KINDS:
            said = say_score(self.outcome, kind, target, here, as_published=self.as_published)
        else:
            said = built_in(self.outcome, body, as_published=self.as_published)
        if said is not None:
            return Gap(said.gap) if said.gap else Figure(said.text, reference, said.door)
        value, door = self.value(body, here)
        if value is MISSING:
            return Gap(body if here.row is None else f"{here.table}[{here.row.key}].{body}")
        return Figure(printed(value, how), reference, door)

    def _misprint(self, reference: str, here: Here) -> str | None:
        for each in self.misprints:
            if each.reference == reference and each.place in ("", here.place):
                return each.text
        return None

    def _word(self, name: str, here: Here) -> Runs:
        """Return a word of the folder, itself a template."""
        if name in self._resolving:
            raise UnknownReference(name, why="它引用了自己。")
        if not self.words[name].strip():
            mend = "请在 report/report.toml 的 [words] 中填写。"
            self.gaps.append(Missing(name, here.place, mend))
            return (Gap(name),)
        self._resolving.append(name)
        try:
            return self.runs(self.words[name], here)
        finally:
            self._resolving.pop()

    def value(self, body: str, here: Here) -> tuple[Value, str]:
        """Return the value of an item, a cell or a formula, and the door to its proof.

        Raises:
            UnknownReference: It leads to nothing, or cannot be computed.
        """
        if here.row is not None and (known := here.row.cell(body)) is not None:
            return known, row_door(here.table, here.row.key)
        cell = _CELL.fullmatch(body)
        if cell is not None:
            return self._cell(cell["table"].strip(), cell["row"].strip(), cell["column"], body)
        inner = _IN_ROW.fullmatch(body)
        if inner is not None:
            here = self._at_row(inner["table"].strip(), inner["row"].strip(), here)
            body = inner["formula"]
        scope = ClaimScope(self._ledger, here.row)
        try:
            node = _parsed(body)
            derivation = evaluate(node, scope)
        except SteelyardError as error:
            raise UnknownReference(body, self._names(here), why=error.what) from error
        if isinstance(node, Name):
            in_row = here.row is not None and scope.is_cell(node)
            door = row_door(here.table, here.row.key) if in_row and here.row else ""
            return derivation.value, door or fact_door(node.text)
        address = f"算式:{canonical(body, here)}"
        self.derivations[address] = derivation
        return derivation.value, address

    def _at_row(self, table: str, key: str, here: Here) -> Here:
        known = self._ledger.tables.get(table)
        row = None if known is None else known.row(key)
        if row is None:
            raise UnknownReference(f"{table}[{key}]", why="没有这一行。")
        return replace(here, table=table, row=row)

    def _cell(self, table: str, key: str, column: str, body: str) -> tuple[Value, str]:
        try:
            self._ledger.dictionary.column(table, column)
        except SteelyardError as error:
            raise UnknownReference(body, why=error.what) from error
        known = self._ledger.tables.get(table)
        if known is None:
            return MISSING, ""
        row = known.row(key)
        if row is None:
            raise UnknownReference(body, tuple(r.key for r in known.rows), f"“{table}”没有这一行。")
        value = row.cell(column)
        return MISSING if value is None else value, row_door(table, key)

    def rows_of(self, table: str, where: str, rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
        """Return those of some rows of a table that a condition lets through.

        Raises:
            UnknownReference: The condition reads what is not there.
        """
        if not where:
            return rows
        try:
            node = _parsed(where)
            scope = ClaimScope(self._ledger, None)
            return tuple(r for r in rows if evaluate(node, RowScope(r, scope)).value is True)
        except SteelyardError as error:
            raise UnknownReference(f"{table}，{where}", why=error.what) from error

    def _listed(self, target: str, reference: str) -> Figure | Gap:
        """List the texts of a column: ``名单：项目.名称，状态 = “未执行”``."""
        table, name, where = _list_parts(target)
        try:
            self._ledger.dictionary.column(table, name)
        except SteelyardError as error:
            raise UnknownReference(reference, why=error.what) from error
        known = self._ledger.tables.get(table)
        if known is None:
            return Gap(f"表“{table}”")
        rows = self.rows_of(table, where, known.rows)
        texts = [printed(value, Format()) for row in rows if (value := row.cell(name)) is not None]
        return Figure("、".join(texts) or "无", reference, "")

    def knows(self, source: str, here: Here) -> bool:
        """Tell whether a reference leads somewhere with this framework, given or not.

        A template that speaks of what a framework has not is passed over.
        """
        body = _split(source)[0].strip()
        if body in self.words or is_built_in(body):
            return True
        if here.row is not None and here.row.cell(body) is not None:
            return True
        kind, target = _kind(body)
        if kind in LINKS:
            return "本组" in target or f"{kind}:{_named(target, here)}" in self.printed_names
        if kind in KINDS:
            return is_subject(self.outcome.card.framework, target, here)
        if kind == LIST:
            table, name, _ = _list_parts(target)
            return self.has(f"{table}.{name}")
        cell = _CELL.fullmatch(body)
        if cell is not None:
            return self.has(f"{cell['table'].strip()}.{cell['column']}")
        try:
            need = needs(_parsed(body))
        except SteelyardError:
            return False
        row = {} if here.row is None else here.row.cells
        names = [name for name in need.names if name not in row and not name.startswith("本行.")]
        columns = [
            f"{table}.{column}" if column else table
            for table, column in need.columns
            if column not in self._ledger.dictionary.items
        ]
        return all(self.has(each) for each in (*names, *columns))

    def has(self, name: str) -> bool:
        """Tell whether the dictionary has an item, a table, or a column of a table."""
        dictionary = self._ledger.dictionary
        if name in dictionary.items or name in dictionary.tables:
            return True
        table, _, column = name.partition(".")
        spec = dictionary.tables.get(table)
        return spec is not None and bool(column) and spec.column(column) is not None

    @property
    def _ledger(self) -> Ledger:
        return self.outcome.evaluation.ledger

    def _names(self, here: Here) -> tuple[str, ...]:
        row = () if here.row is None else tuple(here.row.cells)
        return (*row, *self._ledger.dictionary.items, *self.words, *KINDS)


def canonical(source: str, here: Here) -> str:
    """Return a reference that means the same anywhere: 本项 and bare columns are named.

    It is what a figure keeps, so that anybody can look it up again.
    """
    body, *formats = [part.strip() for part in _split(source)]
    kind, target = _kind(body)
    if kind in KINDS:
        if target in ("本项", "本组", ""):
            target = here.subject.text if here.subject is not None else WHOLE[0]
        body = f"{kind}：{target}"
    elif here.row is not None and here.row.cell(body) is not None:
        body = f"{here.table}[{here.row.key}].{body}"
    elif here.row is not None and _reads_row(body, here.row):
        body = f"{here.table}[{here.row.key}]：{body}"
    return " | ".join([body, *formats])


def _reads_row(body: str, row: TableRow) -> bool:
    """Tell whether a formula reads the row in hand."""
    try:
        names = needs(_parsed(body)).names
    except SteelyardError:
        return False
    return "本行" in body or any(row.cell(name) is not None for name in names)


def _kind(body: str) -> tuple[str, str]:
    """Split 得分：本项 into its word and its target; both empty when it is neither."""
    match = _KIND.fullmatch(body)
    if match is None or match["kind"] not in (*KINDS, *LINKS, LIST):
        return "", ""
    return match["kind"], match["target"].strip()


def _named(target: str, here: Here) -> str:
    return target if here.subject is None else target.replace("本组", here.subject.path[-1])


def _list_parts(target: str) -> tuple[str, str, str]:
    """Return table, column and condition of a list."""
    column, _, where = target.replace(",", "，").partition("，")
    table, _, name = column.strip().partition(".")
    return table, name, where.strip()


def _split(source: str) -> list[str]:
    """Split a reference at the bars outside of quotation marks."""
    parts, depth = [""], 0
    for c in source:
        depth += (c == "“") - (c == "”")
        if c in "|｜" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts
