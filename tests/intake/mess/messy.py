"""A messy file and the truth about it; how a reading of it is judged.

The truth is what an attentive accountant takes who sees only the file and the
data dictionary. Where he would ask, the item is unsure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.intake.mess.kinds import FileKind, Mess

from steelyard.facts.dictionary import Dictionary
from steelyard.measure.quantity import Quantity, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """A value that looks like an item and is none (诱饵)."""

    like: str
    """The item, or the cell of a table, that it could be taken for."""
    value: Value
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Messy:
    """One file as a department sent it, and what it says (来文)."""

    name: str
    kind: FileKind
    seed: int
    content: bytes
    department: str
    year: int
    dictionary: Dictionary
    truth: Mapping[str, Value]
    """What the file states: by item, or by cell of a table as 项目[3].决算数."""
    unsure: frozenset[str]
    """What cannot be taken without a question. An item that is here and not in ``truth``
    has no right value: none may be taken silently."""
    decoys: tuple[Decoy, ...]
    mess: tuple[str, ...]
    """Kinds of mess that show in the file."""
    traps: Mapping[str, tuple[str, ...]]
    """By item: the kinds of mess about it."""
    layouts: Mapping[str, str]
    """By item: the layout that it stands in."""

    @property
    def sure(self) -> Mapping[str, Value]:
        """What should arrive without a question."""
        return {key: value for key, value in self.truth.items() if key not in self.unsure}


def same_value(left: Value, right: Value) -> bool:
    """Tell whether two values say the same; white space in a text says nothing."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return left.same(right)
    if isinstance(left, str) and isinstance(right, str):
        return "".join(left.split()) == "".join(right.split())
    if isinstance(left, date) and isinstance(right, date):
        return left == right
    return left is right


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A value that was taken silently and is not what the file says (错取)."""

    key: str
    taken: Value
    right: Value | None
    why: str

    def __str__(self) -> str:
        """Return the mistake as one line."""
        return f"{self.key} = {self.taken}, not {self.right}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How well a file was read (判定)."""

    right: frozenset[str]
    """Sure values that arrived, once, without a question."""
    asked: frozenset[str]
    """Sure values that wait for an answer, or arrived twice unlike."""
    missed: frozenset[str]
    """Sure values that did not arrive at all."""
    wrong: tuple[Wrong, ...]


def judge(messy: Messy, taken: Iterable[tuple[str, Value]], asked: Collection[str] = ()) -> Verdict:
    """Judge a reading of a messy file.

    Args:
        messy: The file with its truth.
        taken: Every value that was taken without a question, under ``str(Target)``.
        asked: What questions and mistakes are about, as far as they say it.
    """
    seen: dict[str, list[Value]] = {}
    for key, value in taken:
        known = seen.setdefault(key, [])
        if not any(same_value(value, other) for other in known):
            known.append(value)
    wrong = [
        Wrong(key=key, taken=values[0], right=messy.truth.get(key), why=_why(messy, key, values[0]))
        for key, values in seen.items()
        if _is_wrong(messy, key, values)
    ]
    failed = {each.key for each in wrong}
    sure = messy.sure.keys() - failed
    waiting = {key for key in sure if key in asked or len(seen.get(key, ())) > 1}
    right = {key for key in sure if key in seen and key not in waiting}
    return Verdict(
        right=frozenset(right),
        asked=frozenset(waiting),
        missed=frozenset(sure - waiting - right),
        wrong=tuple(wrong),
    )


def _is_wrong(messy: Messy, key: str, values: Sequence[Value]) -> bool:
    """Two unlike values of one item are seen by whoever takes them: only one alone is silent."""
    right = messy.truth.get(key)
    if right is not None:
        return not any(same_value(value, right) for value in values)
    return key not in messy.unsure or len(values) == 1


def _why(messy: Messy, key: str, value: Value) -> str:
    for decoy in messy.decoys:
        if same_value(decoy.value, value):
            return f"{decoy.why} ({decoy.like})"
    marks = "; ".join(messy.traps.get(key, ()))
    return marks or ("not stated" if key not in messy.unsure else "open")


@dataclass(slots=True)
class Tally:
    """What has been written into a file so far (记账)."""

    truth: dict[str, Value] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    decoys: list[Decoy] = field(default_factory=list)
    traps: dict[str, list[str]] = field(default_factory=dict)
    layouts: dict[str, str] = field(default_factory=dict)

    def state(
        self,
        key: str,
        value: Value | None,
        *,
        layout: str,
        sure: bool = True,
        marks: Iterable[Mess] = (),
    ) -> None:
        """Record that the file states an item.

        Args:
            key: The item, or the cell of a table.
            value: What it states; None when nobody can tell.
            layout: Where it stands.
            sure: Whether it can be taken without a question.
            marks: The kinds of mess about it.
        """
        traps = self.traps.setdefault(key, [])
        traps += [str(mark) for mark in dict.fromkeys(marks) if str(mark) not in traps]
        before = self.truth.get(key)
        known = key in self.layouts
        self.layouts.setdefault(key, layout)
        if not sure or value is None:
            self.unsure.add(key)
        if value is None or (before is not None and not same_value(before, value)):
            self.truth.pop(key, None)
            self.unsure.add(key)
        elif before is not None or not known:
            self.truth[key] = value

    def decoy(self, like: str, value: Value | None, why: str) -> None:
        """Record a value that must not be taken for an item."""
        if value is not None:
            self.decoys.append(Decoy(like=like, value=value, why=why))


@dataclass(slots=True)
class Aside(Tally):
    """A tally in which everything is a decoy: a table of another year or department (另表)."""

    whole: Tally = field(default_factory=Tally)
    why: str = ""

    def state(
        self,
        key: str,
        value: Value | None,
        *,
        layout: str,  # noqa: ARG002 — the same call as for our own table
        sure: bool = True,  # noqa: ARG002
        marks: Iterable[Mess] = (),  # noqa: ARG002
    ) -> None:
        """Record a decoy."""
        self.whole.decoy(key, value, self.why)

    def decoy(self, like: str, value: Value | None, why: str) -> None:
        """Record a decoy."""
        self.whole.decoy(like, value, why)
