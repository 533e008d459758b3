"""TOML files as records that know their place (记录).

A record hands out its fields by kind and keeps account of them: a field of
the wrong kind, a missing one and one that nobody asked for are all gathered
with file, line and field. Decimals are read exactly.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

from steelyard.errors import Problems, SteelyardError
from steelyard.files.text import load_text


class BadRecord(SteelyardError):
    """A field of a TOML file is missing, unknown or of the wrong kind."""

    code = "files.bad-record"


class BadToml(SteelyardError):
    """A file is not TOML."""

    code = "files.bad-toml"

    def __init__(self, name: str, text: str, error: tomllib.TOMLDecodeError) -> None:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        end = f" 第{text.rstrip().count(chr(10)) + 1}行"
        place = f" 第{found[1]}行第{found[2]}列" if found else end
        line = text.split("\n")[int(found[1]) - 1] if found else ""
        what, mend = "不符合 TOML 写法。", "请检查引号、等号和括号是否成对。"
        if re.search("overwrite|twice|Duplicate", str(error)):
            what, mend = "同一个键写了两次。", "请删去其中一处。"
        elif re.match(r"\s*(\[[^\]\"]*)?[^\x00-\x7f\"#]+.*[=\]]", line):
            what, mend = "中文的键没有加引号。", "请给中文键加英文双引号。"
        super().__init__(what=what, where=f"{name}{place}", mend=mend)


class Record:
    """A table of a TOML file (记录)."""

    def __init__(
        self, fields: dict[str, object], place: _Place, problems: Problems, name: str = ""
    ) -> None:
        self.fields = fields
        self.place = place
        self.problems = problems
        self.name = name
        self.asked: set[str] = set()

    @classmethod
    def at_line(
        cls, fields: dict[str, object], file: str, line: int, problems: Problems, name: str
    ) -> Record:
        """Return a record that was cut out of a file, at the line where it stood."""
        return cls(dict(fields), _Place(file, [], line, line), problems, name)

    # -- places -------------------------------------------------------------------

    @property
    def line(self) -> int:
        """Line at which the record begins."""
        return self.place.start

    def where(self, key: str = "") -> str:
        """Return file, line and field, outermost first."""
        line = self.place.line_of(key) if key else self.place.start
        label = f" › {self.name}" if self.name else ""
        field = f" › {key}" if key else ""
        return f"{self.place.file} 第{line}行{label}{field}"

    def wrong(self, key: str, what: str, mend: str) -> None:
        """Gather a mistake in one field."""
        self.problems.add(BadRecord(what=what, where=self.where(key), mend=mend))

    # -- fields -------------------------------------------------------------------

    def raw(self, key: str) -> object:
        """Return a field as it is, None when it is not there."""
        self.asked.add(key)
        return self.fields.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.wrong(key, f"缺少“{key}”。", "请补上这一项。")
            return default or ""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
            return str(value)
        if not isinstance(value, str):
            self.wrong(key, f"“{key}”应为文字。", "请用英文双引号括起来。")
            return default or ""
        if default is None and not value.strip():
            self.wrong(key, f"“{key}”是空的。", "请补上这一项。")
        return value.strip()

    def number(self, key: str, default: Fraction | int | None = None) -> Fraction:
        """Return an exact number; ``"5%"`` is read as 1/20."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.wrong(key, f"缺少“{key}”。", "请补上这个数。")
            return Fraction(default or 0)
        exact = exact_number(value)
        if exact is None:
            shown = f"，却是“{value}”" if isinstance(value, str) else ""
            self.wrong(key, f"“{key}”应为数{shown}。", '请写成不加引号的数，或 "5%"。')
            return Fraction(default or 0)
        return exact

    def optional_number(self, key: str) -> Fraction | None:
        """Return an exact number, None when it is not there."""
        return None if self.raw(key) is None else self.number(key)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, f"“{key}”应为 true 或 false。", "请不要加引号。")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is not there."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.wrong(key, f"“{key}”应为文字的列表。", '请写成 ["甲", "乙"]。')
            return ()
        return tuple(value)

    def records(self, key: str) -> Iterator[Record]:
        """Yield the tables of an array, none when it is not there."""
        value = self.raw(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, f"“{key}”应为若干张表。", f"请写成 [[{key}]]。")
            return
        for index, fields in enumerate(value):
            yield Record(fields, self.place.inside(key, index), self.problems, self.name)

    def record(self, key: str) -> Record:
        """Return an inner table, an empty one when it is not there."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, f"“{key}”应为一张表。", "请写成 {…} 或另起 […]。")
            value = None
        fields = value if isinstance(value, dict) else {}
        name = f"{self.name} › {key}".strip(" ›")
        return Record(fields, self.place.table(key), self.problems, name)

    def finish(self) -> None:
        """Gather the fields that nobody asked for."""
        for key in [key for key in self.fields if key not in self.asked]:
            near = difflib.get_close_matches(key, sorted(self.asked), n=1)
            mend = f"是否想写“{near[0]}”？" if near else "请删去，或核对写法。"
            self.wrong(key, f"不认识的项“{key}”。", mend)


class _Place:
    """Where a record stands in its file: from line ``start`` to line ``end``."""

    def __init__(
        self,
        file: str,
        lines: list[str],
        start: int,
        end: int,
        *,
        path: tuple[str, ...] = (),
        headers: list[_Header] | None = None,
    ) -> None:
        self.file = file
        self.lines = lines
        self.start = start
        self.end = end
        self.path = path
        # Found once per file: looking through all lines for every record is slow.
        self.headers = _headers(lines) if headers is None else headers
        self.starts: dict[tuple[str, ...], list[int]] = {}

    def line_of(self, key: str) -> int:
        """Return the line that sets a key, the first line when none is seen."""
        pattern = re.compile(rf"""\s*(["']?){re.escape(key)}\1\s*[=.]""")
        inner = [line for line, _ in self.headers if line > self.start]
        last = min(inner[0] - 1 if inner else self.end, len(self.lines))
        for line in range(max(self.start, 1), last + 1):
            if pattern.match(self.lines[line - 1]):
                return line
        wanted = (*self.path, key)
        return next((line for line, path in self.headers if _below(path, wanted)), self.start)

    def inside(self, key: str, index: int) -> _Place:
        """Return the place of the nth ``[[key]]`` block, or of the line that lists all."""
        path = (*self.path, key)
        if path not in self.starts:
            self.starts[path] = [line for line, found in self.headers if found == path]
        starts = self.starts[path]
        if index >= len(starts):
            return self.inline(key)
        return self.block(starts[index], path)

    def table(self, key: str) -> _Place:
        """Return the place of ``[key]``, or of the line that holds the inner table."""
        path = (*self.path, key)
        first = next((line for line, found in self.headers if _below(found, path)), None)
        return self.inline(key) if first is None else self.block(first, path)

    def inline(self, key: str) -> _Place:
        """Return the place of a value that is written on the line of its key."""
        line = self.line_of(key)
        return _Place(self.file, self.lines, line, line, path=(*self.path, key), headers=[])

    def block(self, start: int, path: tuple[str, ...]) -> _Place:
        """Return the place from a header to the next that is not below it."""
        inner: list[_Header] = []
        first = bisect_left(self.headers, start, key=lambda header: header[0])
        for line, found in islice(self.headers, first, None):
            if line > start and (found == path or not _below(found, path)):
                return _Place(self.file, self.lines, start, line - 1, path=path, headers=inner)
            inner.append((line, found))
        return _Place(self.file, self.lines, start, self.end, path=path, headers=inner)


_Header = tuple[int, tuple[str, ...]]
_KEY = r"""(?:"[^"]*"|'[^']*'|[^\s."'\[\]=#,]+)"""
_HEADER = re.compile(rf"\s*\[\[?\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*\]\]?\s*(?:#.*)?")


def _below(path: tuple[str, ...], top: tuple[str, ...]) -> bool:
    return path[: len(top)] == top


def _headers(lines: list[str]) -> list[_Header]:
    """Return the lines that open a table, with its path."""
    found: list[_Header] = []
    for number, line in enumerate(lines, start=1):
        match = _HEADER.fullmatch(line)
        if match is not None:
            path = tuple(part.strip("\"'") for part in re.findall(_KEY, match[1]))
            found.append((number, path))
    return found


def _without_texts(text: str) -> list[str]:
    """Return the lines of a file, those inside a text of many lines blanked."""
    lines: list[str] = []
    closing = ""
    for line in text.split("\n"):
        lines.append("" if closing else line)
        if closing:
            closing = "" if closing in line else closing
        else:
            closing = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
    return lines


def exact_number(value: object) -> Fraction | None:
    """Return a TOML number, or a text such as ``"5%"``, exactly; else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        exact = Fraction(value)
        return exact if abs(exact) < 10**40 else None
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(-?\d{1,20}(?:\.\d{1,20})?)\s*([%％]?)\s*", value)
        if match:
            return Fraction(match[1]) / (100 if match[2] else 1)
    return None


def load_record(path: Path, problems: Problems) -> Record:
    """Read a TOML file.

    Raises:
        BadToml: It is not TOML; says line and column.
        SteelyardError: The file cannot be read as text.
    """
    text = load_text(path, largest=5 * 1024 * 1024)
    if _DEEP_KEY.search(text) is not None:
        raise BadRecord(what="键的层次太多。", where=path.name, mend="请核对文件。")
    try:
        fields = tomllib.loads(text, parse_float=_exact)
    except tomllib.TOMLDecodeError as error:
        raise BadToml(path.name, text, error) from error
    except RecursionError as error:
        raise BadRecord(what="括号嵌套太深。", where=path.name, mend="请核对文件。") from error
    except ValueError as error:
        raise BadRecord(what="有一个数太长。", where=path.name, mend="请核对文件。") from error
    lines = _without_texts(text)
    return Record(fields, _Place(path.name, lines, 1, len(lines)), problems)


# A key of n parts takes time as n² to read: no honest file has more than a few.
_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]+[ \t]*\.[ \t]*){30}""")


def _exact(text: str) -> Fraction | str:
    """Return a TOML decimal exactly; one with an exponent stays a text."""
    plain = text.replace("_", "")
    return Fraction(plain) if re.fullmatch(r"[+-]?\d+\.\d+", plain) and len(plain) < 40 else text
