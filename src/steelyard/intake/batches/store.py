"""Writing several files as one (整批写入): all of them are changed, or none.

The new files are laid down beside the folder's own first. A marker says that
they are complete; from then on the batch counts as written, and whoever finds
the marker finishes the work.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self, TextIO

from steelyard.errors import SteelyardError
from steelyard.files.text import FileMissing, NotWritten, write_file
from steelyard.files.under_way import WRITING
from steelyard.intake.batches.batch import HOME, RECORD, Batch, homes, load_batch

SETTINGS = "evaluation.toml"
"""What every evaluation folder has."""

_AFTER = "after"
_BEFORE = "before"


class FolderBusy(SteelyardError):
    """Another command writes into the folder."""

    code = "intake.folder-busy"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            what="另一个命令正在写入这个文件夹，本次没有写入。",
            where=str(folder),
            mend="请等它结束再试；若确定没有，请删去其中的 batches/.lock。",
        )


class Lock:
    """A folder that only one command writes into at a time (写入锁)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stream: TextIO | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            FolderBusy: Somebody else has it.
            FileMissing: It is no evaluation folder.
            NotWritten: It cannot be written to.
        """
        if not (self._folder / SETTINGS).exists():
            raise FileMissing(self._folder / SETTINGS)
        path = self._folder / HOME / ".lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A lock of the system: one that was killed leaves nothing behind.
            self._stream = path.open("w", encoding="utf-8")
        except OSError as error:
            raise NotWritten(path, error) from error
        try:
            _hold(self._stream.fileno())
        except (BlockingIOError, PermissionError) as error:
            self.__exit__()
            raise FolderBusy(self._folder) from error
        except OSError as error:
            raise NotWritten(path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""
        if self._stream is not None:
            self._stream.close()


def _hold(handle: int) -> None:
    """Lock an open file, or fail at once."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - there is none elsewhere

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def recover(folder: Path) -> list[str]:
    """Finish or drop what was cut off.

    Returns:
        Chinese sentences on what was done; none when all was well.
    """
    said: list[str] = []
    for home in sorted((folder / HOME).glob(".new.*")):
        shutil.rmtree(home, ignore_errors=True)
        said.append("上一次写入在完成准备之前中断，没有改动任何数据；请重新采集。")
    for home in homes(folder):
        if (home / WRITING).exists():
            _place(folder, home)
            said.append(f"第{int(home.name)}批写入时中断，现已补完。")
    return said


def commit(
    folder: Path,
    batch: Batch,
    contents: Mapping[str, bytes | None],
    *,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Batch:
    """Write a batch: its files by their path in the folder, None to remove one.

    Returns:
        The batch with what it changed.

    Raises:
        NotWritten: The folder cannot be written to; nothing was changed.
    """
    home = folder / HOME / batch.name
    beside = folder / HOME / f".new.{batch.name}"
    written: dict[str, dict[str, str]] = {}
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for done, (name, content) in enumerate(contents.items(), start=1):
            old = folder / name
            before = old.read_bytes() if old.exists() else None
            written[name] = {"before": _digest(before), "after": _digest(content)}
            for side, raw in ((_BEFORE, before), (_AFTER, content)):
                if raw is not None:
                    write_file(beside / side / name, raw)
            told(done, len(contents))
        whole = Batch(batch.number, batch.time, batch.files, batch.entries, written, batch.undone)
        write_file(beside / RECORD, whole.as_json())
        write_file(beside / WRITING, "")
        beside.rename(home)
    except OSError as error:
        raise NotWritten(home, error) from error
    _place(folder, home)
    return whole


def _place(folder: Path, home: Path) -> None:
    """Put the files of a batch in their places; may be done twice."""
    for name, sides in load_batch(home).written.items():
        if sides["after"]:
            write_file(folder / name, (home / _AFTER / name).read_bytes())
        else:
            (folder / name).unlink(missing_ok=True)
    (home / WRITING).unlink(missing_ok=True)
    # What stands in the folder need not be kept twice.
    shutil.rmtree(home / _AFTER, ignore_errors=True)


def content_before(home: Path, name: str) -> bytes | None:
    """Return a file as it was before a batch, None when there was none."""
    path = home / _BEFORE / name
    return path.read_bytes() if path.exists() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()
