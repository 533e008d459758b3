"""Compound files (OLE): what older office programs keep their streams in.

Read here: which streams there are, and one of them. Chains that run in a circle
are refused. A stream can be put into a compound file of its own, so that nothing
else of the file goes any further: no macro, no embedded object.
"""

from __future__ import annotations

import struct

from steelyard.intake.reading.sheets.sheet import Unusable

OLE = bytes.fromhex("d0cf11e0a1b11ae1")

_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_FAT_SECTOR = 0xFFFFFFFD
_SMALL = 4096
"""Streams below this length share sectors of 64 bytes."""

_SECTOR = 512


class CompoundFile:
    """A compound file: its streams by name (复合文档)."""

    def __init__(self, content: bytes) -> None:
        """Read the directory.

        Raises:
            Unusable: The file is cut off or damaged.
        """
        try:
            self._open(content)
        except (struct.error, IndexError, ValueError) as error:
            raise Unusable("文件不完整或已损坏") from error

    def _open(self, content: bytes) -> None:
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise Unusable("文件不完整或已损坏")
        self.content = content
        self.size = 1 << shift
        (first_directory,) = struct.unpack_from("<I", content, 48)
        (first_small,) = struct.unpack_from("<I", content, 60)
        (next_list,) = struct.unpack_from("<I", content, 68)
        sectors = list(struct.unpack_from("<109I", content, 76))
        seen: set[int] = set()
        while next_list < _FAT_SECTOR:
            if next_list in seen:
                raise Unusable("文件不完整或已损坏")
            seen.add(next_list)
            more = self._numbers(self._sector(next_list))
            sectors += more[:-1]
            next_list = more[-1]
        if len(sectors) > len(content) // self.size + 109:
            raise Unusable("文件不完整或已损坏")
        self.chain: list[int] = []
        for sector in sectors:
            if sector < _FAT_SECTOR:
                self.chain += self._numbers(self._sector(sector))
        directory = self._follow(first_directory)
        self.entries: dict[str, tuple[int, int]] = {}
        self.small_content = b""
        for begin in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, begin + 64)
            start, size = struct.unpack_from("<II", directory, begin + 116)
            name = directory[begin : begin + max(min(length, 64) - 2, 0)].decode(
                "utf-16-le", "replace"
            )
            if kind == 5:
                self.small_content = self._follow(start)
            elif kind == 2:
                self.entries.setdefault(name, (start, size))
        self.small_chain = self._numbers(self._follow(first_small))

    @property
    def streams(self) -> frozenset[str]:
        """The names of the streams, whatever folder they are in."""
        return frozenset(self.entries)

    def stream(self, name: str) -> bytes:
        """Return a stream.

        Raises:
            Unusable: It is not there, cut off or damaged.
        """
        start, size = self.entries.get(name, (_END, 0))
        small = size < _SMALL
        try:
            found = self._follow(start, small=small)
        except IndexError as error:
            raise Unusable("文件不完整或已损坏") from error
        if not size or len(found) < size:
            raise Unusable("文件不完整或已损坏")
        return found[:size]

    def _follow(self, sector: int, *, small: bool = False) -> bytes:
        """Return what a chain of sectors holds."""
        chain = self.small_chain if small else self.chain
        found: list[bytes] = []
        while sector < _FAT_SECTOR:
            if len(found) > len(chain):
                raise Unusable("文件不完整或已损坏")
            if small:
                found.append(self.small_content[sector * 64 : sector * 64 + 64])
            else:
                found.append(self._sector(sector))
            sector = chain[sector]
        return b"".join(found)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self.size
        if begin >= len(self.content):
            raise IndexError
        return self.content[begin : begin + self.size]

    @staticmethod
    def _numbers(raw: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def alone(name: str, stream: bytes) -> bytes:
    """Return a compound file that holds one stream and nothing else.

    Args:
        name: The stream's name, at most 31 characters.
        stream: Its content; made longer with zeros to 4096 bytes.
    """
    stream = stream.ljust(_SMALL, b"\0")
    data = -(-len(stream) // _SECTOR)
    # Each sector of the table tells of 128 sectors, its own and the directory among them.
    tables = 1
    while tables * 128 < data + tables + 1:
        tables += 1
    if tables > 109:
        # Beyond the header's own list, 127 tables to a sector.
        return _alone_large(name, stream, data)
    chain = [_FAT_SECTOR] * tables + [_END] + _run(tables + 1, data)
    return _compound(name, stream, tables=tables, lists=[], chain=chain)


def _alone_large(name: str, stream: bytes, data: int) -> bytes:
    tables, lists = 109, 0
    while tables * 128 < data + tables + lists + 1 or lists * 127 < tables - 109:
        tables += 1
        lists = -(-(tables - 109) // 127)
    places = list(range(109, tables))
    listed: list[list[int]] = []
    for index in range(lists):
        part = places[index * 127 : index * 127 + 127]
        follower = tables + 1 + index + 1 if index + 1 < lists else _END
        listed.append(part + [_FREE] * (127 - len(part)) + [follower])
    chain = [_FAT_SECTOR] * tables + [_END] + [0xFFFFFFFC] * lists + _run(tables + 1 + lists, data)
    return _compound(name, stream, tables=tables, lists=listed, chain=chain)


def _run(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END]


def _compound(
    name: str, stream: bytes, *, tables: int, lists: list[list[int]], chain: list[int]
) -> bytes:
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIII", tables, tables, 0, _SMALL)
    head += struct.pack("<II", _END, 0)
    head += struct.pack("<II", tables + 1 if lists else _END, len(lists))
    inner = list(range(min(tables, 109)))
    head += struct.pack("<109I", *inner, *[_FREE] * (109 - len(inner)))
    start = tables + 1 + len(lists)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, start, len(stream))
    table = struct.pack(f"<{tables * 128}I", *chain, *[_FREE] * (tables * 128 - len(chain)))
    more = b"".join(struct.pack("<128I", *each) for each in lists)
    padded = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    return head + table + entries.ljust(_SECTOR, b"\0") + more + padded


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
