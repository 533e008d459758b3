"""TOML as text (TOML 文本): exact numbers, Chinese keys, nothing else.

Refuses floats: what cannot be written as a finite decimal is a mistake of the
maker, and raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from steelyard.measure.number import plain, trimmed


def decimal(value: Fraction | int, places: int | None = None) -> str:
    """Return a number that is written exactly; with ``places``, at so many decimals."""
    exact = Fraction(value)
    text = trimmed(exact, 12) if places is None else plain(exact, places)
    assert Fraction(text) == exact, f"{exact} has no finite decimal"
    return text


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(value: object) -> str:
    """Return a value as it stands behind an equals sign."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return decimal(value)
        case str():
            return quoted(value)
        case Mapping():
            inner = ", ".join(f"{quoted(str(k))} = {inline(v)}" for k, v in value.items())
            return f"{{{inner}}}"
        case Sequence():
            return "[" + ", ".join(inline(each) for each in value) + "]"
        case _:
            raise TypeError(value)


def block(header: str, fields: Mapping[str, object]) -> str:
    """Return a table: its header, then a line for each field that says something."""
    lines = [header] if header else []
    for key, value in fields.items():
        if value not in ("", (), [], {}, None):
            name = key if key.isascii() else quoted(key)
            lines.append(f"{name} = {inline(value)}")
    return "\n".join([*lines, ""])
