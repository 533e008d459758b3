"""What was handed in (交来的材料): files, and the files inside of archives.

An archive is looked into once; an archive in an archive is not opened. Nothing
is unpacked to disk, and nothing beyond the bounds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from steelyard.errors import Problems
from steelyard.files.packages import BROKEN
from steelyard.intake.reading.read_file import LARGEST, content_of
from steelyard.intake.reading.unreadable import Unreadable

MOST_MEMBERS = 500
LARGEST_TOGETHER = 300 * 2**20
"""Bytes that the files of one archive may have together."""

_ZIP = b"PK\x03\x04"
_OFFICE = "[content_types].xml"
_UNICODE = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file that was handed in (材料)."""

    name: str
    """Its own name; of a file in an archive 材料.zip › 附表.xlsx."""
    content: bytes


def handed_in(paths: Iterable[Path]) -> list[HandedIn]:
    """Return the files that were handed in, those in archives one by one.

    Raises:
        Gathered: Some cannot be read; each is told.
    """
    problems = Problems()
    found: list[HandedIn] = []
    for path in paths:
        with problems.catch():
            content = content_of(path)
            found += opened(path.name, content)
    problems.settle()
    return found


def opened(name: str, content: bytes) -> list[HandedIn]:
    """Return the files of an archive, or the file itself when it is none.

    Raises:
        Unreadable: The archive is damaged, encrypted, empty, or holds too much.
    """
    if not content.startswith(_ZIP):
        return [HandedIn(name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(each.filename.lower() == _OFFICE for each in entries) or _is_other(entries):
                return [HandedIn(name, content)]
            return list(_members(name, archive, entries))
    except BROKEN as error:
        raise Unreadable(
            name, "压缩包不完整或已损坏", "请重新压缩，或直接交其中的文件。"
        ) from error


def _is_other(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether a package is a document of another kind, as an .odt; the reader says so."""
    return any(each.filename.lower() in ("mimetype", "ofd.xml") for each in entries)


def _members(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[HandedIn]:
    wanted = [each for each in entries if not each.is_dir() and not _is_litter(named(each))]
    if len(wanted) > MOST_MEMBERS:
        raise Unreadable(name, f"其中的文件超过{MOST_MEMBERS}个", "请分几次交。")
    if any(each.flag_bits & _ENCRYPTED for each in wanted):
        raise Unreadable(name, "压缩包已加密", "请去掉密码后再交。")
    if sum(each.file_size for each in wanted) > LARGEST_TOGETHER or any(
        each.file_size > LARGEST for each in wanted
    ):
        raise Unreadable(name, "解压后过大", "请分几次交，或去掉与评价无关的文件。")
    if not wanted:
        raise Unreadable(name, "压缩包里没有文件", "请核对是否交错了文件。")
    for each in wanted:
        # The size that is announced is the most that is unpacked.
        yield HandedIn(f"{name} › {named(each)}", archive.read(each))


def named(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive; older Windows programs write it in GBK."""
    if not entry.flag_bits & _UNICODE:
        try:
            return entry.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            pass
    return entry.filename


def _is_litter(name: str) -> bool:
    """Tell whether a file was put in by a system, not by a person."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$")) or parts[-1] == "Thumbs.db"
