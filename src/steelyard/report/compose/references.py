"""References in templates and narrative (引用): what stands between braces.

``{{ 全年预算数 }}`` is a data item, ``{{ 项目[30].决算数 | 数 }}`` a cell,
``{{ 全年支出决算数 / 全年预算数 | % }}`` any formula, ``{{ 得分：本项 }}`` an
award, ``{{ 表：重点工作情况表 }}`` a cross-reference. Each is looked up here and
nowhere else, so that a number is typed once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from steelyard.checks.tie_out import ClaimScope
from steelyard.errors import SteelyardError
from steelyard.evaluation.evaluation import Outcome
from steelyard.facts.dictionary import Kind
from steelyard.facts.ledger import Ledger, TableRow
from steelyard.formula.evaluate import RowScope, evaluate
from steelyard.formula.tree import Name, needs
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named
from steelyard.report.compose.grammar import (
    BRACES,
    CELL,
    IN_ROW,
    INNER_CELL,
    LINKS,
    LIST,
    UNIT,
    Misprint,
    OpenBrace,
    UnknownReference,
    canonical,
    kind_of,
    list_parts,
    named,
    parsed,
    split,
)
from steelyard.report.compose.here import Here
from steelyard.report.compose.printed import BadFormat, Format, printed, read_format
from steelyard.report.compose.score_words import KINDS, Said, built_in, is_built_in, say_score
from steelyard.report.compose.scores import is_subject
from steelyard.report.model.blocks import Missing
from steelyard.report.model.runs import Figure, Gap, Link, Run, Runs, Text, plain_text
from steelyard.report.proof.drawer import Asked
from steelyard.report.proof.text import fact_door, row_door

MOST_WORDS = 20
"""Words inside words."""

LONGEST_WORD = 20_000


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
    asked: dict[str, Asked] = field(default_factory=dict)
    """How each figure that a text computes came about, by its address."""

    _resolving: list[str] = field(default_factory=list)
    _known_words: dict[str, Runs] = field(default_factory=dict)

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
            found.extend(self.run(match[1].strip(), here, strong=strong))
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
        body, *parts = [part.strip() for part in split(source)]
        how = read_format([part for part in parts if part])
        if body in self.words:
            return self._word(body, here)
        kind, target = kind_of(body)
        if kind in LINKS:
            target = named(target, here)
            return (Link(f"{kind}:{target}", target),)
        run = self._figure(source, how, here)
        if isinstance(run, Gap):
            mend = "请在 facts.csv 或 tables 中填写；确不适用的填“—”。"
            self.gaps.append(Missing(run.what, here.place, mend))
            return (replace(run, reference=canonical(source, here)),)
        misprint = self._misprint(run.reference, here)
        text = run.text if misprint is None else misprint
        return (replace(run, text=text, strong=strong),)

    def _figure(self, source: str, how: Format, here: Here) -> Figure | Gap:
        reference = canonical(source, here)
        body = split(source)[0].strip()
        kind, target = kind_of(body)
        if kind == LIST:
            return self._listed(target, reference)
        if kind == UNIT:
            return Figure(self.unit(target), reference)
        said: Said | None
        if kind in KINDS:
            said = say_score(self.outcome, kind, target, here, as_published=self.as_published)
        else:
            said = built_in(self.outcome, body, as_published=self.as_published)
        if said is not None:
            if how != Format():
                raise BadFormat(source.partition("|")[2].strip())
            return Gap(said.gap) if said.gap else Figure(said.text, reference, said.door)
        value, door = self.value(body, here)
        if value is MISSING:
            return Gap("、".join(self._absent(body, here)))
        numeric = isinstance(value, Quantity)
        if how.bare and not how.unit and here.unit and isinstance(value, Quantity):
            unit = unit_named(here.unit)
            if unit.dimension == value.dimension and unit.factor != value.unit.factor:
                how = replace(how, unit=here.unit)
                reference = f"{reference} | {here.unit}"
        return Figure(printed(value, how), reference, door, numeric=numeric)

    def _absent(self, body: str, here: Here) -> tuple[str, ...]:
        """Return what a reference waits for: the items that nobody has given."""
        if here.row is not None and here.row.cell(body) is not None:
            return (f"{here.table}[{here.row.key}].{body}",)
        if CELL.fullmatch(body) is not None:
            return (body,)
        inner = IN_ROW.fullmatch(body)
        if inner is not None:
            table, key = inner["table"].strip(), inner["row"].strip()
            if table not in self._ledger.tables:
                return (f"表“{table}”",)
            return self._absent(inner["formula"], self._at_row(table, key, here))
        need = needs(parsed(self._opened(body)))
        names = [name for name in need.names if self._ledger.dictionary.items.get(name)]
        absent = [
            n for n in names if self._ledger.look_up(Name(tuple(n.split(".")))).value is MISSING
        ]
        tables = [f"表“{t}”" for t, _ in need.columns if t not in self._ledger.tables]
        return tuple(dict.fromkeys([*absent, *tables])) or (body,)

    def unit(self, target: str) -> str:
        """Return the unit in which the dictionary keeps an item or a column of a table.

        Raises:
            UnknownReference: There is no such item or column.
        """
        dictionary = self._ledger.dictionary
        item = dictionary.items.get(target)
        if item is not None:
            return item.unit.name
        table, _, column = target.partition(".")
        try:
            return dictionary.column(table, column).unit.name
        except SteelyardError as error:
            raise UnknownReference(f"{UNIT}：{target}", why=error.what) from error

    def _misprint(self, reference: str, here: Here) -> str | None:
        for each in self.misprints:
            if each.reference == reference and each.place in ("", here.place):
                return each.text
        return None

    def _word(self, name: str, here: Here) -> Runs:
        """Return a word of the folder, itself a template."""
        if name in self._resolving:
            circle = " → ".join([*self._resolving[self._resolving.index(name) :], name])
            raise UnknownReference(name, why=f"用语互相引用：{circle}。")
        if len(self._resolving) >= MOST_WORDS:
            raise UnknownReference(name, why=f"用语层层引用，超过{MOST_WORDS}层。")
        if name in self._known_words:
            return self._known_words[name]
        if not self.words[name].strip():
            mend = "请在 report/report.toml 的 [words] 中填写。"
            self.gaps.append(Missing(name, here.place, mend))
            return (Gap(name, name),)
        self._resolving.append(name)
        try:
            runs = self.runs(self.words[name], here)
        finally:
            self._resolving.pop()
        if not any(isinstance(run, Gap | Link) for run in runs):
            # One figure, so that the word stays a reference when it comes back from Word.
            doors = [run.door for run in runs if isinstance(run, Figure) and run.door]
            text = plain_text(runs)
            if len(text) > LONGEST_WORD:
                raise UnknownReference(name, why=f"这个用语超过{LONGEST_WORD}字。")
            runs = (Figure(text, name, doors[0] if len(doors) == 1 else ""),)
            self._known_words[name] = runs
        return runs

    def value(self, body: str, here: Here) -> tuple[Value, str]:
        """Return the value of an item, a cell or a formula, and the door to its proof.

        Raises:
            UnknownReference: It leads to nothing, or cannot be computed.
        """
        if here.row is not None and (known := here.row.cell(body)) is not None:
            return known, row_door(here.table, here.row.key)
        cell = CELL.fullmatch(body)
        if cell is not None:
            return self._cell(cell["table"].strip(), cell["row"].strip(), cell["column"], body)
        inner = IN_ROW.fullmatch(body)
        if inner is not None:
            table, key = inner["table"].strip(), inner["row"].strip()
            if table in self._ledger.dictionary.tables and table not in self._ledger.tables:
                return MISSING, ""
            here = self._at_row(table, key, here)
            body = inner["formula"]
        scope = ClaimScope(self._ledger, here.row)
        try:
            node = parsed(self._opened(body))
            derivation = evaluate(node, scope)
        except SteelyardError as error:
            raise UnknownReference(body, self._names(here), why=error.what) from error
        if isinstance(node, Name):
            in_row = here.row is not None and scope.is_cell(node)
            if in_row and here.row is not None:
                return derivation.value, row_door(here.table, here.row.key)
            door = fact_door(node.text)
            if derivation.inputs:
                self.asked[door] = Asked(derivation)
            return derivation.value, door
        address = f"算式:{canonical(body, here)}"
        self.asked[address] = Asked(derivation, here.table, here.row)
        return derivation.value, address

    def _opened(self, body: str) -> str:
        """Return a formula with its cells as sums over the one row that they name."""

        def opened(match: re.Match[str]) -> str:
            table, row, column = match["table"].strip(), match["row"].strip(), match["column"]
            if table in self._ledger.tables:
                self._cell(table, row, column, match[0])
            spec = self._ledger.dictionary.table(table)
            key = spec.column(spec.key)
            quoted = row if key is not None and key.kind is Kind.NUMBER else f"“{row}”"
            return f"sum({table}.{column}, {spec.key} = {quoted})"

        return INNER_CELL.sub(opened, body)

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
            node = parsed(where)
            scope = ClaimScope(self._ledger, None)
            return tuple(r for r in rows if evaluate(node, RowScope(r, scope)).value is True)
        except SteelyardError as error:
            raise UnknownReference(f"{table}，{where}", why=error.what) from error

    def _listed(self, target: str, reference: str) -> Figure | Gap:
        """List the texts of a column: ``名单：项目.名称，状态 = “未执行”``."""
        table, name, where = list_parts(target)
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
        body = split(source)[0].strip()
        if body in self.words or is_built_in(body):
            return True
        if here.row is not None and here.row.cell(body) is not None:
            return True
        kind, target = kind_of(body)
        if kind in LINKS:
            return "本组" in target or f"{kind}:{named(target, here)}" in self.printed_names
        if kind in KINDS:
            return is_subject(self.outcome.card.framework, target, here)
        if kind == LIST:
            table, name, _ = list_parts(target)
            return self.has(f"{table}.{name}")
        if kind == UNIT:
            return self.has(target)
        cell = CELL.fullmatch(body)
        if cell is not None:
            return self.has(f"{cell['table'].strip()}.{cell['column']}")
        try:
            need = needs(parsed(body))
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
