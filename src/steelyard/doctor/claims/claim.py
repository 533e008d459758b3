"""One kind of claim (论断): how it is worded, what has to hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Severity
from steelyard.doctor.view.figure import Figure, Kind
from steelyard.doctor.view.passage import NUMBER
from steelyard.formula.parse import parse
from steelyard.formula.tree import Compare, Name
from steelyard.measure.units import PURE

_SLOT = re.compile(r"(?<!\?P)<(?P<name>\w+)(?::(?P<kind>[^>]+))?>")
_GAP = "[^。；！？\ue001]{0,%d}?"
_LONGEST_GAP = 80


@dataclass(frozen=True)
class Slot:
    """A number in a claim's wording (槽)."""

    name: str
    kind: str
    """率 a percentage, 元 an amount of money, 分 points, 数 anything but a
    percentage, empty for any number."""

    def fits(self, figure: Figure) -> bool:
        """Say whether a number can stand here."""
        percent = figure.unit in ("%", "‰")
        if self.kind == "率":
            return percent or (not figure.unit and figure.kind is not Kind.EQUATION)
        if self.kind == "数":
            return not percent and figure.unit not in ("个百分点", "百分点")
        if self.kind == "元":
            return figure.dimension in (PURE, (("元", 1),)) and not percent
        if self.kind == "分":
            return figure.unit in ("分", "")
        return True


@dataclass(frozen=True)
class Claim:
    """One kind of claim (论断)."""

    id: str
    rule: str
    title: str
    """What it is about, in Chinese: 执行率."""
    severity: Severity
    pattern: re.Pattern[str]
    """Over skeletons; each slot is a group of its name."""
    slots: tuple[Slot, ...]
    printed: str
    """Slot of the number that is claimed."""
    formula: str
    """What it has to be, in the formula language over the other slots."""
    repeats: bool
    """Whether one sentence may hold several."""
    readings: tuple[str, ...]
    """Other formulas that are right as well, as a rate taken rounded."""
    units: Mapping[str, str]
    """For a slot: the group of the wording on which its unit has to end."""
    alone: bool
    """Sure only where no other amount of the kind goes before in the sentence."""


@cache
def claims() -> tuple[Claim, ...]:
    """Return the claims that the doctor knows, in the order of their file."""
    text = resources.files(__package__).joinpath("claims.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text, parse_float=Fraction)
    words = data["words"]
    return tuple(_claim(entry, words) for entry in data["claim"])


def _claim(entry: dict[str, object], words: dict[str, str]) -> Claim:
    wording = str(entry["pattern"])
    for name, choice in words.items():
        wording = wording.replace("{" + name + "}", f"(?:{choice})")
    slots = tuple(Slot(match["name"], match["kind"] or "") for match in _SLOT.finditer(wording))
    pattern = _SLOT.sub(rf"(?P<\g<name>>{NUMBER})", wording)
    pattern = pattern.replace("…", _GAP % _LONGEST_GAP)
    node = parse(str(entry["holds"]))
    if not (isinstance(node, Compare) and node.operator == "=" and isinstance(node.left, Name)):
        raise ValueError(f"claim {entry['id']}: holds must read name = formula")
    printed, _, formula = str(entry["holds"]).partition("=")
    readings, units = entry.get("readings", []), entry.get("units", {})
    return Claim(
        id=str(entry["id"]),
        rule=str(entry["rule"]),
        title=str(entry["title"]),
        severity=Severity(str(entry.get("severity", "error"))),
        pattern=re.compile(pattern),
        slots=slots,
        printed=printed.strip(),
        formula=formula.strip(),
        repeats=bool(entry.get("repeats", False)),
        readings=tuple(map(str, readings)) if isinstance(readings, list) else (),
        units=units if isinstance(units, dict) else {},
        alone=bool(entry.get("alone", False)),
    )
