"""A messy file taken, and judged by its truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from tests.intake.mess.kinds import FileKind
from tests.intake.mess.messy import Messy, Verdict, judge
from tests.intake.mess.messy_file import messy_file

from steelyard.intake.reading.read_file import read_content
from steelyard.intake.recognise.pen import Context
from steelyard.intake.recognise.recognise import recognise
from steelyard.intake.sighting import Seen


@dataclass(frozen=True)
class Result:
    """A file, what was seen in it, and the verdict."""

    messy: Messy
    seen: Seen
    verdict: Verdict


def take_messy(seed: int, kind: str) -> Result:
    """Write a messy file, read it, recognise it, judge it."""
    messy = messy_file(seed, cast("FileKind", kind))
    document = read_content(messy.name, messy.content)
    seen = recognise(document, Context(messy.dictionary, messy.year, messy.department))
    taken = [(str(each.target), each.value) for each in seen.sightings]
    # A question about a second place of a value that arrived does not hold it up.
    asked = frozenset(_asked(messy, seen)) - {key for key, _ in taken}
    return Result(messy, seen, judge(messy, taken, asked))


def _asked(messy: Messy, seen: Seen) -> Iterator[str]:
    """Yield what questions and mistakes are about; one about a column is about its cells."""
    about = [str(target) for each in seen.questions for target in each.about]
    about += [str(each.about) for each in seen.mistakes if each.about is not None]
    for each in dict.fromkeys(about):
        yield each
        table, _, column = each.partition("[].")
        if column:
            begin, end = f"{table}[", f"].{column}"
            yield from (key for key in messy.truth if key.startswith(begin) and key.endswith(end))
        elif re.fullmatch(r"[^\[.]+(?:\[[^\]]+\]\.)?", each):
            yield from (key for key in messy.truth if key.startswith(f"{each}["))
