"""Zip packages from outside (压缩包): looked at before anything is unpacked.

Word files and workbooks are such packages. Nothing is written to disk, and no
part is unpacked beyond the size that was allowed for it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

_OLDER = {".docx": ".doc、.wps", ".xlsx": ".xls、.et"}
"""What an OLE file may be instead, if it is no encrypted package."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # an encrypted entry
    NotImplementedError,  # a compression that the library does not know: not ours to finish
)
"""What the zip library raises for a damaged or foreign archive."""

_HEAD = 4096
"""Bytes at the start of an XML part in which a definition would stand."""


class Unusable(Exception):
    """Bytes that are no honest package; says why in Chinese, without a full stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a package may hold (上限)."""

    packed: int = 20 * 2**20
    """Bytes of the file."""

    unpacked: int = 200 * 2**20
    """Bytes of all parts together."""

    parts: int = 5000


USUAL = Bounds()


class Package:
    """A package that was looked at (已核对的压缩包)."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {_plain(each.filename): each for each in archive.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of its parts, as they are written in the package."""
        return [each.filename for each in self._archive.infolist()]

    def __contains__(self, name: str) -> bool:
        """Say whether there is a part of that name, in capitals or not."""
        return _plain(name) in self._entries

    def read(self, name: str, largest: int) -> bytes:
        """Return the content of a part.

        Args:
            name: Capitals do not matter; the slash at the start may be there.
            largest: Bytes that it may have.

        Raises:
            Unusable: It is not there, too large, or damaged.
        """
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise Unusable(f"其中缺少 {name}")
        if entry.file_size > largest:
            raise Unusable(f"其中的 {name} 超过上限{largest // 2**20}MB")
        try:
            # The size that is announced is the most that will be unpacked.
            return self._archive.read(entry)
        except BROKEN as error:
            raise Unusable("其中的内容不完整或已损坏") from error


def opened(content: bytes, *, ending: str = ".docx", bounds: Bounds = USUAL) -> Package:
    """Return a package of Office Open XML, looked at and not yet unpacked.

    Args:
        content: Bytes from outside.
        ending: What it ought to be, .docx or .xlsx; for the sentences.
        bounds: What it may hold.

    Raises:
        Unusable: They are too large, packed or unpacked, encrypted, no such file,
            or hold a document type definition, which no such file needs.
    """
    if len(content) > bounds.packed:
        size, most = len(content) // 2**20, bounds.packed // 2**20
        raise Unusable(f"文件有{size}MB，超过上限{most}MB")
    if content.startswith(_OLE):
        raise Unusable(f"它已加密，或是旧的 {_OLDER[ending]} 格式")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        if len(entries) > bounds.parts:
            raise Unusable("其中的文件过多")
        # The reader stops at the size that is announced, so this sum holds.
        if sum(entry.file_size for entry in entries) > bounds.unpacked:
            raise Unusable(f"解压后超过上限{bounds.unpacked // 2**20}MB")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unusable("它已加密")
        if "[Content_Types].xml" not in archive.NameToInfo:
            raise Unusable(f"它不是 {ending} 文件")
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                _no_definitions(archive, entry)
        return Package(archive)
    except BROKEN as error:
        raise Unusable(f"它不是 {ending} 文件，或者已经损坏") from error


def defines(content: bytes) -> bool:
    """Say whether XML defines a document type or entities, in whatever encoding."""
    marks = ("<!DOCTYPE", "<!ENTITY")
    return any(
        mark.encode(encoding) in content for mark in marks for encoding in ("ascii", "utf-16-le")
    )


def _no_definitions(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as stream:
        if defines(stream.read(_HEAD)):
            raise Unusable("其中有 Word 不会写的定义")


def _plain(name: str) -> str:
    """Names of parts differ in capitals, and some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()
