"""Text and places put together, piece by piece (拼接文字)."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.intake.reading.document import Spot, Words


def moved(spot: Spot, offset: int, inner: int) -> Spot:
    """Return a place of a Word file, at another offset."""
    return Spot(offset, page=spot.page, part=spot.part, paragraph=spot.paragraph, inner=inner)


class Writing:
    """The words of a paragraph while they are read (正在读的段落)."""

    def __init__(self) -> None:
        self.is_blank = True
        """Whether there is nothing to see so far."""

        self._pieces: list[str] = []
        self._length = 0
        self._spots: list[Spot] = []

    def add(self, text: str, place: Spot) -> None:
        """Put a text behind, which stands at a place; its offset is ignored."""
        last = self._spots[-1] if self._spots else None
        if (
            last is None
            or (last.part, last.paragraph, last.page) != (place.part, place.paragraph, place.page)
            or last.inner - last.offset != place.inner - self._length
        ):
            self._spots.append(moved(place, self._length, place.inner))
        self.is_blank = self.is_blank and not text.strip()
        self._pieces.append(text)
        self._length += len(text)

    def words(self, number: str, start: Spot) -> Words:
        """Return the text without white space at its ends, behind its number.

        Args:
            number: The automatic number with its gap, or empty.
            start: Where the paragraph begins, for the number and for no text.
        """
        raw = "".join(self._pieces)
        text, number = raw.strip(), number.lstrip()
        lead = len(raw) - len(raw.lstrip()) if text else 0
        shift = len(number) - lead
        spots: list[Spot] = [moved(start, 0, 0)] if number or not text else []
        for index, spot in enumerate(self._spots if text else ()):
            following = self._spots[index + 1].offset if index + 1 < len(self._spots) else len(raw)
            if following <= lead or spot.offset >= lead + len(text):
                continue
            cut = max(lead - spot.offset, 0)
            spots.append(moved(spot, spot.offset + cut + shift, spot.inner + cut))
        return Words((number + text).strip(), tuple(spots))


def joined(lines: Sequence[Words]) -> Words:
    """Return several texts as the lines of one.

    Args:
        lines: At least one, each with its spots.
    """
    spots: list[Spot] = []
    length = 0
    for line in lines:
        spots += [moved(spot, spot.offset + length, spot.inner) for spot in line.spots]
        length += len(line.text) + 1
    return Words("\n".join(line.text for line in lines), tuple(spots))
