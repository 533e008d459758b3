"""Taking a proposal into a folder, and taking it back (写入与撤销)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from steelyard.errors import SteelyardError
from steelyard.facts.dictionary import Dictionary
from steelyard.intake.batches.as_files import as_files, entry_of
from steelyard.intake.batches.batch import HOME, Batch, homes, load_batch
from steelyard.intake.batches.store import commit, content_before
from steelyard.intake.proposal import Proposal, State

ORIGINALS = "sources"
"""Directory of the folder in which the files taken from are kept."""


class NothingToUndo(SteelyardError):
    """There is no batch that could be taken back."""

    code = "intake.nothing-to-undo"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            what="没有可以撤销的批次。",
            where=str(folder),
            mend="采集之后才能撤销；撤销过的不能再撤销。",
        )


class ChangedSince(SteelyardError):
    """A file was changed by hand after the batch."""

    code = "intake.changed-since"

    def __init__(self, number: int, names: tuple[str, ...]) -> None:
        super().__init__(
            what=f"第{number}批写入之后，{'、'.join(names)}又被改动，整批撤销会丢掉那些改动，没有撤销。",
            mend="请先把这些改动另存，恢复写入后的内容再撤销；或直接改正有误的数值。",
        )


def take(
    proposal: Proposal,
    folder: Path,
    dictionary: Dictionary,
    originals: Sequence[tuple[str, bytes]],
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Batch:
    """Write a proposal as one batch.

    Args:
        proposal: What to write; there is something to write.
        folder: The evaluation folder; its lock is held.
        dictionary: Of the evaluation.
        originals: The files taken from, name and content; a copy of each is kept.
        told: Told how many files are laid down, and of how many.

    Raises:
        SteelyardError: The folder cannot be read or written; nothing was changed.
    """
    kept: dict[str, tuple[str, str]] = {}
    contents: dict[str, bytes | None] = {}
    used = {change.sighting.place.sha256 for change in proposal.changes}
    for name, content in originals:
        sha = hashlib.sha256(content).hexdigest()
        if sha not in used:
            continue
        path = f"{ORIGINALS}/{sha[:8]}-{_plain(name)}"
        kept[sha] = (name, path)
        if not (folder / path).exists():
            contents[path] = content
    contents |= as_files(proposal, folder, dictionary, kept)
    numbers = [int(home.name) for home in homes(folder)]
    changes = [change for change in proposal.changes if change.state is not State.SAME]
    batch = Batch(
        number=max(numbers, default=0) + 1,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        files=tuple(
            {"name": name, "sha256": sha, "kept": path} for sha, (name, path) in kept.items()
        ),
        entries=tuple(entry_of(change) for change in changes),
        written={},
    )
    return commit(folder, batch, contents, told=told)


def _plain(name: str) -> str:
    """Return a file name that every system can keep."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)[-100:]


def undo(folder: Path) -> Batch:
    """Take the last batch back: every file becomes what it was.

    Args:
        folder: The evaluation folder; its lock is held.

    Returns:
        The batch that was taken back.

    Raises:
        NothingToUndo: There is none.
        ChangedSince: A file was changed after it; nothing was undone.
    """
    standing = [home for home in homes(folder) if _stands(home)]
    if not standing:
        raise NothingToUndo(folder)
    home = standing[-1]
    batch = load_batch(home)
    changed = tuple(
        name for name, sides in batch.written.items() if _digest(folder / name) != sides["after"]
    )
    if changed:
        raise ChangedSince(batch.number, changed)
    numbers = [int(each.name) for each in homes(folder)]
    back = Batch(
        number=max(numbers) + 1,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        files=(),
        entries=(),
        written={},
        undone=True,
    )
    contents: dict[str, bytes | None] = {name: content_before(home, name) for name in batch.written}
    whole = Batch(batch.number, batch.time, batch.files, batch.entries, batch.written, undone=True)
    contents[f"{HOME}/{batch.name}/batch.json"] = whole.as_json().encode("utf-8")
    commit(folder, back, contents)
    return batch


def _stands(home: Path) -> bool:
    return not load_batch(home).undone


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
