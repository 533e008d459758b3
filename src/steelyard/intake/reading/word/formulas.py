"""Formulas as one line of text (公式): a fraction as 12/15, a power as x^2."""

from __future__ import annotations

import re

from steelyard.intake.reading.word.names import Element, child, chosen, short, value

_DEEPEST = 60
_SILENT = frozenset({"w:del", "w:moveFrom", "w:rPr", "m:rPr", "m:ctrlPr", "w:delText"})
_SINGLE = re.compile(r"[\w.%％]*|\([^()]*\)|（[^（）]*）")


def formula(element: Element, depth: int = 0) -> str:
    """Return a formula as it may be typed on one line.

    Numerator and denominator stand in brackets unless they are one word.
    """
    name = short(element)
    if name in ("m:t", "w:t"):
        return (element.text or "").strip("\r\n\t")
    if name in _SILENT or depth > _DEEPEST:
        return ""
    if name == "mc:AlternateContent":
        inside = chosen(element)
        return "" if inside is None else formula(inside, depth + 1)

    def part(path: str) -> str:
        found = child(element, path)
        return "" if found is None else formula(found, depth + 1)

    def whole() -> str:
        return "".join(formula(each, depth + 1) for each in element)

    match name:
        case "m:f":
            return f"{_single(part('m:num'))}/{_single(part('m:den'))}"
        case "m:sSup":
            return f"{_single(part('m:e'))}^{_single(part('m:sup'))}"
        case "m:sSub":
            return f"{part('m:e')}_{_single(part('m:sub'))}"
        case "m:sSubSup":
            return f"{part('m:e')}_{_single(part('m:sub'))}^{_single(part('m:sup'))}"
        case "m:rad":
            return f"{part('m:deg')}√{_single(part('m:e'))}"
        case "m:d":
            return _bracketed(element, depth)
        case "m:nary":
            sign = value(child(element, "m:naryPr", "m:chr")) or "∫"
            limits = "".join(
                mark + _single(text)
                for mark, text in (("_", part("m:sub")), ("^", part("m:sup")))
                if text
            )
            return f"{sign}{limits} {part('m:e')}" if limits else sign + part("m:e")
        case _:
            return whole()


def _single(text: str) -> str:
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _bracketed(element: Element, depth: int) -> str:
    properties = child(element, "m:dPr")

    def sign(name: str, usual: str) -> str:
        said = child(properties, name)
        return usual if said is None else value(said)

    between = sign("m:sepChr", "|")
    inside = between.join(formula(e, depth + 1) for e in element if short(e) == "m:e")
    return sign("m:begChr", "(") + inside + sign("m:endChr", ")")
