"""One batch and its record (批次记录): ``batches/0001/batch.json`` of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from steelyard.errors import SteelyardError
from steelyard.files.text import load_text
from steelyard.files.under_way import BATCHES

HOME = BATCHES
RECORD = "batch.json"


class DamagedBatch(SteelyardError):
    """The record of a batch cannot be read."""

    code = "intake.damaged-batch"

    def __init__(self, path: Path) -> None:
        super().__init__(
            what="批次记录已损坏。",
            where=str(path),
            mend="请从备份恢复这个文件；数据文件没有改动。",
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a batch (一项写入), all as text."""

    item: str
    """As 全年预算数 or 项目[3].决算数."""
    state: str
    before: str
    """What stood in the folder, empty when nothing did."""
    value: str
    unit: str
    period: str
    file: str
    sha256: str
    place: str
    """Inside the file: 支出!B7, 第3页 表2 第4行第2列."""
    sheet: str
    cell: str
    page: int | None
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What was taken at one time (批次)."""

    number: int
    time: str
    """UTC, as 2024-03-01T08:00:00+00:00."""
    files: tuple[Mapping[str, str], ...]
    """Files taken from: name, sha256, and kept, their path in the folder."""
    entries: tuple[Entry, ...]
    written: Mapping[str, Mapping[str, str]]
    """Files of the folder that it changed: SHA-256 before and after, empty for no file."""
    undone: bool = False

    @property
    def name(self) -> str:
        """The name of its directory."""
        return f"{self.number:04d}"

    def as_json(self) -> str:
        """Return the record as it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def load_batch(home: Path) -> Batch:
    """Read the record of a batch.

    Args:
        home: Its directory.

    Raises:
        DamagedBatch: It is no such record.
    """
    path = home / RECORD
    try:
        raw: Any = json.loads(load_text(path, largest=200 * 2**20))
        return Batch(
            number=int(raw["number"]),
            time=str(raw["time"]),
            files=tuple(raw["files"]),
            entries=tuple(Entry(**each) for each in raw["entries"]),
            written={str(name): _sides(name, sides) for name, sides in raw["written"].items()},
            undone=bool(raw["undone"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedBatch(path) from error


def _sides(name: str, sides: Mapping[str, str]) -> dict[str, str]:
    """Return what a record says of one file; a folder may come from anybody.

    Raises:
        ValueError: The file is not one inside of the folder.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
        raise ValueError(name)
    return {"before": str(sides["before"]), "after": str(sides["after"])}


def batches(folder: Path) -> Iterator[Batch]:
    """Yield the batches of a folder, the oldest first."""
    for home in homes(folder):
        yield load_batch(home)


def homes(folder: Path) -> list[Path]:
    """Return the directories of the batches that were written, the oldest first."""
    if not (folder / HOME).is_dir():
        return []
    return sorted(
        (path for path in (folder / HOME).iterdir() if path.name.isdecimal()),
        key=lambda path: int(path.name),
    )
