"""What stands over one column (表头)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from steelyard.intake.wording import ASIDE, UNITS_COLUMN, Label, is_total, without_time

_EXPLAINS = re.compile(r"备注|说明|口径|依据|来源|用途|解释|原因|措施|填报人|联系")


@dataclass(frozen=True)
class Heading:
    """What stands over one column, from top to bottom (表头)."""

    column: int
    labels: tuple[Label, ...]

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """The names that the heading may say, the fullest first."""
        words = [label.core for label in self.labels if label.core]
        said = ["".join(words[start:]) for start in range(len(words))]
        said += ["".join(reversed(words))] if len(words) == 2 else []
        said += words[-1:]
        return tuple(dict.fromkeys([*said, *(without_time(each) for each in said)]))

    @property
    def core(self) -> str:
        """The lowest heading."""
        return self.labels[-1].core if self.labels else ""

    @property
    def text(self) -> str:
        """All headings in one."""
        return "·".join(label.core for label in self.labels if label.core)

    @property
    def unit(self) -> str:
        """The unit that the lowest heading with a unit states; empty when none does."""
        return next((label.unit for label in reversed(self.labels) if label.unit), "")

    def of(self, year: int) -> bool:
        """Tell whether the column may speak of a whole year."""
        return all(label.of(year) for label in self.labels)

    @property
    def compares(self) -> bool:
        """Tell whether the column holds changes, shares or differences."""
        return any(label.compares for label in self.labels)

    @property
    def is_total(self) -> bool:
        """Tell whether the column adds up others."""
        return bool(self.labels) and is_total(self.core)


def is_aside(heading: Heading) -> bool:
    """Tell whether a column holds remarks, numbers of rows, units and the like."""
    core = heading.core
    return core in ASIDE or core in UNITS_COLUMN or bool(_EXPLAINS.search(core))
