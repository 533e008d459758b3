"""What a finding says at each of its places (各处的说法).

A check writes its words for the first place: 此处 is there. A note at another
place says the same from where it stands, so that 此处 is always the very words
that the note hangs on.
"""

from __future__ import annotations

import re

from steelyard.doctor.papers.places import where
from steelyard.doctor.papers.summary import Noted
from steelyard.doctor.view.plain import plain

_HERE = "此处"
_SAID_HERE = re.compile(r"此处为(?P<value>[^，。；（]+)")
_ELSEWHERE = re.compile(r"(?:另有?(?P<count>\d+)处|别处|另一处)为(?P<value>[^，。；（]+)")


def told_at(noted: Noted, at: int, *, file: bool = False) -> str:
    """Return the message of a finding as it reads at one of its places.

    Args:
        noted: The finding.
        at: Which of its places the note stands at.
        file: Whether the first place is told with its file, where that is another.
    """
    message = noted.finding.message
    if not at:
        return message
    place = noted.places[at]
    words = place.passage.text[place.start : place.end]
    said = _SAID_HERE.search(message)
    if said is not None and _is(said["value"], words):
        return message
    main = noted.places[0]
    first = where(main, file=file and main.file != place.file).replace("　", " ")
    turned = message.replace(_HERE, f"〔{first}〕")
    return _ELSEWHERE.sub(lambda found: _from_here(found, words), turned)


def _from_here(found: re.Match[str], words: str) -> str:
    """Return 另3处为 as it reads at one of the three, and as it was anywhere else."""
    if not _is(found["value"], words):
        return found[0]
    count = int(found["count"] or 1)
    return f"{_HERE}{f'等{count}处' if count > 1 else ''}为{found['value']}"


def _is(value: str, words: str) -> bool:
    """Say whether a value of a message is what stands at a place."""
    wanted = plain(value).text
    return words == wanted or (words.startswith(wanted) and not words[len(wanted)].isdigit())
