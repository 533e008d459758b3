"""What goes back to the department (退回材料): one paper for each file with mistakes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from steelyard.intake.handed_in import HandedIn
from steelyard.intake.returned.annotated import annotated_copy, error_list
from steelyard.intake.sighting import Contradiction, Mistake, Place, Question, Seen

_PACKAGE = b"PK\x03\x04"
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx")


@dataclass(frozen=True, slots=True)
class Returned:
    """A paper that goes back (退回件)."""

    name: str
    content: bytes


def send_back(files: Sequence[HandedIn], seen: Seen) -> list[Returned]:
    """Return a copy with notes for each faulty workbook, a list for any other faulty file.

    Args:
        files: What was handed in.
        seen: What was seen in it.

    Returns:
        Nothing for files without mistakes. Names differ from each other.

    Raises:
        Unreadable: A workbook cannot be opened again.
    """
    found: list[Returned] = []
    taken: set[str] = set()
    for each in files:
        sha256 = hashlib.sha256(each.content).hexdigest()
        mistakes = [one for one in seen.mistakes if one.place.sha256 == sha256]
        mistakes += [
            one for said in seen.contradictions if said.certain for one in _spoken(said, sha256)
        ]
        if not mistakes:
            continue
        questions = [one for one in seen.questions if one.place.sha256 == sha256]
        found.append(_paper(each, mistakes, questions, taken))
    return found


def _spoken(said: Contradiction, sha256: str) -> Iterator[Mistake]:
    """Yield a contradiction as a mistake at its first place in a file."""
    here = [place for place in said.places if place.sha256 == sha256]
    if here:
        others = [place for place in said.places if place is not here[0]]
        beside = f"另见{'；'.join(map(_place, others[:3]))}。" if others else ""
        yield Mistake(what=said.what, mend=f"{said.mend}{beside}", place=here[0])


def _place(place: Place) -> str:
    return f"{place.file} {place}"


def _paper(
    file: HandedIn, mistakes: list[Mistake], questions: list[Question], taken: set[str]
) -> Returned:
    path = PurePath(file.name.rpartition(" › ")[2].replace("\\", "/"))
    marked = file.content.startswith(_PACKAGE) and path.suffix.lower() in _WORKBOOKS
    content = (
        annotated_copy(file.content, mistakes, questions)
        if marked
        else error_list(mistakes, questions)
    )
    ending = f".退回{path.suffix}" if marked else ".错误清单.xlsx"
    name, number = f"{path.stem}{ending}", 2
    while name.casefold() in taken:
        name, number = f"{path.stem}({number}){ending}", number + 1
    taken.add(name.casefold())
    return Returned(name, content)
