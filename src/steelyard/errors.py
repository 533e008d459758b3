"""What users are told when something cannot be used (差错).

An error says what is wrong, where it stands and how to mend it. Mistakes of
one input are gathered and raised together. No error text blames anybody, and
none is ever a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import ClassVar


class SteelyardError(Exception):
    """One thing that keeps work from going on (差错): what, where, mend.

    Args:
        what: One Chinese sentence: what is wrong.
        where: The place, from the outside in: file, line or cell, field.
        mend: One Chinese sentence: what to do about it.
    """

    code: ClassVar[str] = "steelyard.error"

    def __init__(self, *, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        """Return the three parts as one readable line."""
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.what}{self.mend}"

    def at(self, outer: str) -> SteelyardError:
        """Set the place further in: ``outer`` is put before what is known."""
        self.where = f"{outer} › {self.where}" if self.where else outer
        return self

    def as_record(self) -> dict[str, str]:
        """Return the error as plain strings, for JSON output."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where,
            "mend": self.mend,
        }


class Gathered(SteelyardError):
    """Several errors of one input, shown together (多处差错)."""

    code = "steelyard.gathered"

    def __init__(self, errors: Iterable[SteelyardError]) -> None:
        self.errors: tuple[SteelyardError, ...] = tuple(flatten(errors))
        super().__init__(what=f"共有{len(self.errors)}处需要改正。")

    def __str__(self) -> str:
        """Return one line per error."""
        return "\n".join(str(error) for error in self.errors)


def flatten(errors: Iterable[SteelyardError]) -> Iterator[SteelyardError]:
    """Yield single errors, opening those that are gathered."""
    for error in errors:
        if isinstance(error, Gathered):
            yield from error.errors
        else:
            yield error


class Problems:
    """A basket for the errors of one input (差错汇总).

    >>> problems = Problems()
    >>> with problems.catch("facts.csv 第3行"):
    ...     raise SteelyardError(what="数值不是数。")
    >>> problems.errors[0].where
    'facts.csv 第3行'
    """

    def __init__(self) -> None:
        self.errors: list[SteelyardError] = []

    def add(self, error: SteelyardError) -> None:
        """Keep an error and go on."""
        self.errors.extend(flatten([error]))

    def catch(self, where: str = "") -> Catch:
        """Keep what the block raises, placed at ``where``, and go on."""
        return Catch(self, where)

    def settle(self) -> None:
        """Raise what was gathered, if anything was.

        Raises:
            Gathered: At least one error was kept.
        """
        if self.errors:
            raise Gathered(self.errors)


class Catch:
    """A block whose errors are kept instead of raised (收集)."""

    def __init__(self, problems: Problems, where: str) -> None:
        self.problems = problems
        self.where = where

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Keep an error of ours; let any other pass."""
        if not isinstance(error, SteelyardError):
            return False
        for single in flatten([error]):
            self.problems.add(single.at(self.where) if self.where else single)
        return True
