"""A workbook package while it is changed (改动中的工作簿).

Parts that nobody changes are copied byte for byte: macros, charts, pictures and
links to other files among them. None of these is opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from itertools import chain, count

from steelyard.intake.reading.sheets.open_xml import MOST_SHEETS
from steelyard.intake.reading.sheets.parts import LARGEST_PART, Parts
from steelyard.intake.reading.sheets.sheet import FEWER, Unusable
from steelyard.intake.returned.spliced import (
    DECLARATION,
    Gauge,
    Node,
    Splices,
    as_utf8,
    outline,
    quoted,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_TYPES = "[Content_Types].xml"
_KINDS = {
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    "styles": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the workbook lists it (工作表)."""

    name: str
    part: str
    """Where its cells are; empty for a chart sheet, or when that is missing."""
    hidden: bool


class Book:
    """A workbook while it is changed (改动中的工作簿)."""

    def __init__(self, content: bytes) -> None:
        """Open a workbook.

        Raises:
            Unusable: It is damaged, or no workbook.
            steelyard.files.packages.Unusable: It is no package that may be opened.
        """
        self.original = content
        self.parts = Parts(content)
        self.gauge = Gauge()
        self.changed: dict[str, bytes] = {}
        """By name in small letters."""
        self._fresh: dict[str, str] = {}
        """New parts: the name as it is written, and the kind."""
        self._new_relations: dict[str, list[tuple[str, str, str]]] = {}
        roots = self.relations("").values()
        self.main = next((part for kind, part in roots if kind == "officeDocument"), "")
        if self.main not in self.parts:
            raise Unusable("其中没有工作簿，或者已经损坏")
        self.root = self.outlined(self.main, levels=3)
        if self.root.tag != "workbook":
            raise Unusable("其中没有工作簿，或者已经损坏")
        self.strict = STRICT_MAIN in self.root.attributes.values()
        self.beside = self.relations(self.main)
        self.sheets = self._sheets()

    @property
    def main_space(self) -> str:
        """The namespace of its parts."""
        return STRICT_MAIN if self.strict else MAIN

    @property
    def office_space(self) -> str:
        """The namespace of relations between them."""
        return STRICT_OFFICE if self.strict else OFFICE

    def _sheets(self) -> list[Entry]:
        listed = self.root.child("sheets")
        found: list[Entry] = []
        for node in listed.all("sheet") if listed else ():
            kind, part = self.beside.get(node.linked(), ("", ""))
            there = kind == "worksheet" and part in self.parts
            hidden = node.attributes.get("state") in ("hidden", "veryHidden")
            found.append(Entry(node.attributes.get("name", ""), part if there else "", hidden))
        if len(found) > MOST_SHEETS:
            raise Unusable("工作表过多", FEWER)
        return found

    # ------------------------------------------------------------------- parts

    def read(self, part: str) -> bytes:
        """Return a part as it now is, in UTF-8.

        Raises:
            Unusable: It is damaged, or too much is read.
            steelyard.files.packages.Unusable: It is missing, damaged or too large.
        """
        content = self.changed.get(_plain(part))
        if content is None:
            content = as_utf8(self.gauge.take(self.parts.package.read(part, LARGEST_PART)))
        return content

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the inner parts that a part of the sender's names, by id: kind and part."""
        try:
            return self.parts.relations(part)
        except LookupError as error:  # an encoding that nobody knows
            raise Unusable("工作簿的内容已经损坏") from error

    def outlined(self, part: str, *, levels: int) -> Node:
        """Return the elements of a part, with their places."""
        return outline(self.read(part), self.gauge, levels=levels)

    def put(self, part: str, content: bytes) -> None:
        """Change a part that is there."""
        self.changed[_plain(part)] = content

    def add(self, kind: str, folder: str, stem: str, ending: str, content: bytes) -> str:
        """Add a part and return its name.

        Args:
            kind: What it is, as comments.
            folder: Inside the folder of the workbook.
            stem: Its name is this, with the first free number where there may be several.
            ending: With the dot.
            content: All of it.
        """
        within = posixpath.join(posixpath.dirname(self.main), folder)
        # Some programs look for the styles under their usual name alone.
        numbers = chain([""] if kind == "styles" else [], count(1))
        names = (posixpath.join(within, f"{stem}{number}{ending}") for number in numbers)
        taken = {_plain(each) for each in self.parts.package.names} | self.changed.keys()
        name = next(each for each in names if _plain(each) not in taken)
        self._fresh[name] = kind
        self.changed[_plain(name)] = content
        return name

    def relate(self, source: str, kind: str, part: str) -> str:
        """Let a part name another, and return the id of the relation."""
        pending = self._new_relations.setdefault(source, [])
        taken = {*self.relations(source), *(each for each, _, _ in pending)}
        numbers = range(1, len(taken) + 2)
        known = next(f"rIdNote{each}" for each in numbers if f"rIdNote{each}" not in taken)
        target = posixpath.relpath("/" + part, "/" + posixpath.dirname(source))
        pending.append((known, f"{self.office_space}/{kind}", target))
        return known

    # ------------------------------------------------------------------ saving

    def saved(self) -> bytes:
        """Return the package with what was changed; the same changes give the same bytes."""
        for source, relations in self._new_relations.items():
            self._write_relations(source, relations)
        if self._fresh:
            self._write_types()
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.original)) as before,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
        ):
            # Of two parts of one name readers take the last; the copy has but this one.
            last = {_plain(entry.filename): entry for entry in before.infolist()}
            for entry in before.infolist():
                if last[_plain(entry.filename)] is not entry:
                    continue
                raw = self.changed.get(_plain(entry.filename))
                if raw is None:
                    raw = self.parts.package.read(entry.filename, entry.file_size)
                after.writestr(_entry(entry.filename, entry), raw)
            for name in self._fresh:
                after.writestr(_entry(name), self.changed[_plain(name)])
        return out.getvalue()

    def _write_relations(self, source: str, relations: list[tuple[str, str, str]]) -> None:
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name in self.parts:
            content = self.read(name)
        else:
            self._fresh[name] = ""
            space = f"{PACKAGE}/relationships"
            content = DECLARATION + f'<Relationships xmlns="{space}"></Relationships>'.encode()
        root = outline(content, self.gauge, levels=1)
        new = "".join(
            f'<{root.prefix}Relationship Id="{each}" Type="{kind}" Target="{quoted(target)}"/>'
            for each, kind, target in relations
        )
        changes = Splices()
        changes.append(content, root, new.encode())
        self.changed[_plain(name)] = changes.applied(content)

    def _write_types(self) -> None:
        content = self.read(_TYPES)
        root = outline(content, self.gauge, levels=2)
        usual = {
            node.attributes.get("Extension", "").lower(): node.attributes.get("ContentType")
            for node in root.all("Default")
        }
        new = ""
        for name, kind in self._fresh.items():
            said, ending = _KINDS.get(kind, ""), name.rpartition(".")[2]
            if ending == "vml" and ending not in usual:
                usual[ending] = said
                new += f'<{root.prefix}Default Extension="{ending}" ContentType="{said}"/>'
            elif said and usual.get(ending) != said:
                place = quoted("/" + name)
                new += f'<{root.prefix}Override PartName="{place}" ContentType="{said}"/>'
        changes = Splices()
        changes.append(content, root, new.encode())
        self.changed[_plain(_TYPES)] = changes.applied(content)


def _entry(name: str, before: zipfile.ZipInfo | None = None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, before.date_time if before else (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    if before:
        entry.external_attr = before.external_attr
        if before.compress_type == zipfile.ZIP_STORED:
            entry.compress_type = zipfile.ZIP_STORED
    return entry


def _plain(name: str) -> str:
    """Names of parts differ in capitals, and some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()
