"""Writing down what was seen (记录): one sighting, question or mistake per cell.

Whoever knows what a cell is asks here to have it taken. What people answered
before is looked up here, so that nobody asks twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.facts.dictionary import Column, Dictionary, Item, Kind
from steelyard.facts.ledger import Target
from steelyard.intake.forms.form import Form, form_of, known_forms
from steelyard.intake.forms.sections import labels_in
from steelyard.intake.reading.document import Cell
from steelyard.intake.recognise.frame import Frame
from steelyard.intake.recognise.heading import Heading
from steelyard.intake.recognise.names import Names, names_of
from steelyard.intake.recognise.values import Reading, Unclear, Wrong, read_cell
from steelyard.intake.sighting import Doubt, Mistake, Question, Seen, Sighting
from steelyard.intake.wording import Label
from steelyard.measure.nothing import MISSING
from steelyard.measure.units import UNITS, Unit

NO_FORM = Form(name="", titles=(), headings=frozenset(), cells=())
"""Of a table that is to be read as if no form were known."""

IGNORE = "忽略"
"""The answer that leaves a cell alone."""


@dataclass(frozen=True)
class Context:
    """What is known before a file is opened (背景)."""

    dictionary: Dictionary
    year: int
    department: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What people answered before: answer by key of the question."""
    forms: tuple[Form, ...] = field(default_factory=known_forms)
    names: Names = field(init=False)
    period: str = field(init=False)
    """The whole year, as 2023年."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", names_of(self.dictionary))
        object.__setattr__(self, "period", f"{self.year}年")


@dataclass
class Pen:
    """Takes cells of one table (记录)."""

    frame: Frame
    context: Context
    seen: Seen
    _read_before: dict[tuple[str, str, str, str, str], Reading] = field(default_factory=dict)
    label_columns: frozenset[int] | None = None
    """Columns in which names of data items stand; found when first asked for."""
    form: Form | None = None
    """The known form that the table is, found out when it is not given."""
    part: str = ""
    """The block of the form; empty for a whole table."""

    def __post_init__(self) -> None:
        if self.form is not None:
            return
        headings = [core for heading in self.frame.headings for core in heading.cores]
        labels = labels_in(self.frame.table)
        self.form = form_of(self.frame.title, headings, self.context.forms, labels)

    def over(self, frame: Frame) -> Pen:
        """Return a pen for the same table, looked at in another way."""
        return Pen(frame, self.context, self.seen, form=self.form, part=self.part)

    def unit_of(self, item: Item, label: Label, heading: Heading | None) -> Unit | None:
        """Return the unit that label, heading or the table state for an item."""
        if label.unit:
            return UNITS.get(label.unit)
        if item.any_unit:
            # What the table says is not the unit of an item that chooses its own.
            return None
        stated = UNITS.get(heading.unit) if heading is not None and heading.unit else None
        if stated is not None and stated.dimension == item.unit.dimension:
            return stated
        return self.frame.unit_for(item.unit)

    def take_item(self, item: Item, cell: Cell, unit: Unit | None, label: str) -> None:
        """Take a cell as a data item; a target may be written as a bound."""
        bound = item.name.endswith(".目标值")
        self.take(Target(item.name), item, cell, unit, label=label, sign_allowed=bound)

    def take(
        self,
        target: Target,
        wanted: Item | Column,
        cell: Cell,
        unit: Unit | None,
        *,
        label: str,
        sign_allowed: bool = False,
        period: str = "",
    ) -> Reading | None:
        """Take a cell as the value of a target.

        Args:
            target: The item, or the cell of a table.
            wanted: What it should be.
            cell: Where it stands.
            unit: What headers or a unit line state; None when they state none.
            label: What the cell is called there; an answer is remembered under it.
            sign_allowed: Whether ≥ may stand before it.
            period: As 2023年, when it is said.

        Returns:
            What was read and taken; None when it was not.
        """
        text = cell.words.text.strip()
        if not text:
            if cell.formula:
                self.wrong(
                    cell,
                    "公式没有存下结果。",
                    "请打开文件重新计算并保存，或直接填写数值。",
                    target,
                )
            return None
        key = f"{self.frame.title}|{label}"
        if cell.hidden and self.context.answers.get(f"{key}|隐藏") != text:
            self.ask(
                Doubt.HIDDEN,
                f"{key}|隐藏",
                f"“{label}”的值在隐藏的行、列或工作表里，要采用吗？",
                (text, IGNORE),
                cell,
                target,
            )
            return None
        # A long table says the same words a thousand times.
        same = (target.item, target.column, text, cell.stored, unit.name if unit else "—")
        reading = self._read_before.get(same)
        if reading is None:
            reading = self._read(
                cell,
                wanted,
                unit,
                key=key,
                label=label,
                target=target,
                sign_allowed=sign_allowed,
            )
            if reading is None:
                return None
            self._read_before[same] = reading
        if reading.value is MISSING:
            return None
        note = reading.note or ("公式的结果" if cell.formula else "")
        self.seen.sightings.append(
            Sighting(
                target=target,
                value=reading.value,
                place=self.frame.place(cell),
                quote=text,
                period=period or self.context.period,
                note=note,
            )
        )
        return reading

    def _read(
        self,
        cell: Cell,
        wanted: Item | Column,
        unit: Unit | None,
        *,
        key: str,
        label: str,
        target: Target,
        sign_allowed: bool,
    ) -> Reading | None:
        """Read a cell; what is unclear is asked about, what is wrong is told."""
        text = cell.words.text.strip()
        answers = self.context.answers
        answer = answers.get(f"{key}|{text}")
        if answer == IGNORE:
            return None
        said = answers.get(f"{key}|单位") if wanted.kind is Kind.NUMBER else None
        named = UNITS.get(said) if said else None
        try:
            return read_cell(
                answer or text,
                wanted,
                unit or named,
                stored="" if answer else cell.stored,
                sign_allowed=sign_allowed,
                settled=unit is None and named is not None,
            )
        except Unclear as unclear:
            doubt = Doubt.UNIT if unclear.unit else Doubt.VALUE
            full = f"{key}|单位" if unclear.unit else f"{key}|{text}"
            self.ask(doubt, full, f"“{label}”：{unclear.text}", unclear.candidates, cell, target)
        except Wrong as wrong:
            self.wrong(cell, f"“{label}”：{wrong.what}", wrong.mend, target)
        return None

    def ask(
        self,
        doubt: Doubt,
        key: str,
        text: str,
        candidates: tuple[str, ...],
        cell: Cell,
        *about: Target,
        synonym: bool = False,
    ) -> None:
        """Ask about a cell, unless somebody answered that it is to be left alone."""
        if self.context.answers.get(key) == IGNORE:
            return
        self.seen.questions.append(
            Question(
                doubt=doubt,
                key=key,
                text=text,
                candidates=candidates,
                place=self.frame.place(cell),
                quote=cell.words.text.strip(),
                about=about,
                synonym=synonym,
            )
        )

    def wrong(self, cell: Cell, what: str, mend: str, about: Target | None = None) -> None:
        """Tell that a cell cannot be right."""
        self.seen.mistakes.append(
            Mistake(
                what=what,
                mend=mend,
                place=self.frame.place(cell),
                quote=cell.words.text.strip(),
                about=about,
            )
        )
