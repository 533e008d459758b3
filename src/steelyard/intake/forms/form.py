"""A known form, and finding out which one a table is (表样)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from steelyard.facts.dictionary import Dictionary, Item
from steelyard.intake.wording import label_of, tight


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form (表样的格): a row and a column that mean a data item."""

    rows: frozenset[str]
    """What the row is called; empty for whatever row has figures."""
    columns: frozenset[str]
    """What the column is called; empty for the form's only column of figures."""
    items: tuple[str, ...]
    """Data items that it may be, by the names that frameworks give them; the first
    that a dictionary has is meant."""
    certain: bool = True
    """Whether it is that item beyond doubt; else a person is asked."""

    def fits(self, row: str, columns: Sequence[str]) -> bool:
        """Tell whether a row and a column, by its names, are this cell."""
        return (not self.rows or row in self.rows) and (
            not self.columns or any(each in self.columns for each in columns)
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A block of a form with headings of its own (表内分栏)."""

    name: str
    starts: frozenset[str]
    """Headings of which two stand in the row that it begins with."""


@dataclass(frozen=True, slots=True)
class Form:
    """A known form (表样)."""

    name: str
    titles: tuple[str, ...]
    """Words of which one stands in its title."""
    headings: frozenset[str]
    """Headings that it must have all of; empty when the title is enough."""
    cells: tuple[FormCell, ...]
    tables: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """Tables of a dictionary that its rows may fill: for each column its headings."""
    one_project: bool = False
    """It speaks of one project, so its figures are not the department's."""
    other_titles: tuple[str, ...] = ()
    """Words that do not stand in its title."""
    marks: tuple[frozenset[str], ...] = ()
    """Labels that tell it without a title, all of a set; several sets to choose from."""
    sections: tuple[Section, ...] = ()
    closed: bool = False
    """Its cells are all that may be taken from it: whatever else stands there is not
    the department's, not the year's, or not the whole."""
    crossed: bool = False
    """Row and column together name items as well: 服务中心 × 编制数 is 服务中心编制数."""
    goals: bool = False
    """It has a block of goals with targets, and of a department's form actuals."""
    remark: str = ""
    """A Chinese sentence on why nothing, or not all, is taken from it."""

    def cell(self, row: str, columns: Sequence[str]) -> FormCell | None:
        """Return the cell of a row and a column, None for one without meaning."""
        return next((each for each in self.cells if each.fits(row, columns)), None)

    def item(self, row: str, columns: Sequence[str], dictionary: Dictionary) -> Item | None:
        """Return the data item of a row and a column, None for one without meaning.

        Args:
            row: What the row is called, without numbering and unit.
            columns: What the column is called, the fullest name first.
            dictionary: Of the evaluation.
        """
        found = self.meant(row, columns, dictionary)
        return found[0] if found is not None and found[1] else None

    def meant(
        self, row: str, columns: Sequence[str], dictionary: Dictionary
    ) -> tuple[Item, bool] | None:
        """Return the data item of a row and a column, and whether that is beyond doubt."""
        for cell in self.cells:
            if cell.fits(row, columns):
                for name in cell.items:
                    item = _known(name, dictionary)
                    if item is not None:
                        return item, cell.certain
        return None


def _known(name: str, dictionary: Dictionary) -> Item | None:
    found = dictionary.items.get(name)
    if found is None:
        aliased = [item for item in dictionary.items.values() if name in item.aliases]
        found = aliased[0] if len(aliased) == 1 else None
    return found if found is not None and found.formula is None else None


@cache
def known_forms() -> tuple[Form, ...]:
    """Return the forms of the catalogue."""
    home = resources.files(__package__).joinpath("catalogue")
    found = []
    for path in sorted(home.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [_form(each) for each in raw["form"]]
    return tuple(found)


def _form(raw: Mapping[str, Any]) -> Form:
    return Form(
        name=raw["name"],
        titles=tuple(tight(each) for each in raw["titles"]),
        headings=_cores(raw.get("headings", [])),
        cells=tuple(
            FormCell(
                _cores(each.get("rows", [])),
                _cores(each.get("columns", [])),
                tuple(each["items"]),
                each.get("certain", True),
            )
            for each in raw.get("cell", [])
        ),
        tables={
            each["table"]: {name: _cores(said) for name, said in each["columns"].items()}
            for each in raw.get("rows", [])
        },
        one_project=raw.get("one_project", False),
        other_titles=tuple(tight(each) for each in raw.get("other_titles", [])),
        marks=tuple(_cores(each) for each in raw.get("marks", [])),
        sections=tuple(
            Section(each["name"], _cores(each["starts"])) for each in raw.get("section", [])
        ),
        closed=raw.get("closed", False),
        crossed=raw.get("crossed", False),
        goals=raw.get("goals", False),
        remark=raw.get("remark", ""),
    )


def _cores(names: Sequence[str]) -> frozenset[str]:
    return frozenset(label_of(name).core for name in names)


def form_of(
    title: str, headings: Sequence[str], forms: Sequence[Form], labels: Collection[str] = ()
) -> Form | None:
    """Return the form that a table is, None when it is none that is known.

    Args:
        title: The words over the table.
        headings: What its columns are called.
        forms: Known ones. Of several that fit, the one with the longest title is meant;
            one that its labels alone tell comes after those that a title tells.
        labels: All words that stand in the table, without numbering and unit.
    """
    said = tight(title)
    stand = frozenset(labels)
    best: Form | None = None
    longest = (0, 0)
    for form in forms:
        if any(each in said for each in form.other_titles) or not form.headings <= set(headings):
            continue
        named = max((len(each) for each in form.titles if each in said), default=0)
        marked = max((len(each) for each in form.marks if each <= stand), default=0)
        if (named or marked) and (named, marked) > longest:
            best, longest = form, (named, marked)
    return best
