"""LibreOffice as converter: found, bounded in time, ended with all its children."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from steelyard.report.pdf.office import (
    OfficeFailed,
    OfficeMissing,
    OfficeTooSlow,
    find_office,
    pdf_from_word,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def script(place: Path, text: str) -> Path:
    """A program that stands in for LibreOffice."""
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)
    return place


class TestTheProgram:
    def test_is_the_one_named_in_the_environment(self, tmp_path: Path) -> None:
        named = script(tmp_path / "soffice", "true")
        assert find_office({"STEELYARD_SOFFICE": str(named)}) == named

    def test_named_but_not_there_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(OfficeMissing, match="STEELYARD_SOFFICE="):
            find_office({"STEELYARD_SOFFICE": str(tmp_path / "none")})

    def test_is_looked_for_on_the_path(self, tmp_path: Path) -> None:
        there = script(tmp_path / "libreoffice", "true")
        assert find_office({"PATH": str(tmp_path)}) == there

    def test_found_nowhere_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("steelyard.report.pdf.office._USUAL", ())
        with pytest.raises(OfficeMissing, match="没有找到 LibreOffice"):
            find_office({"PATH": ""})


class TestAConversion:
    def test_gives_what_the_program_wrote(self, tmp_path: Path) -> None:
        office = script(
            tmp_path / "office",
            'while [ "$1" != --outdir ]; do shift; done\n'
            'cat "$FONTCONFIG_FILE" "$3" > "$2/report.pdf"',
        )
        written = pdf_from_word(b"a Word file", office=office).decode()
        assert written.endswith("a Word file")
        assert "<family>仿宋_GB2312</family>" in written
        assert 'ignore_missing="yes"' in written

    def test_without_a_result_says_what_the_program_said(self, tmp_path: Path) -> None:
        office = script(tmp_path / "office", "echo source file could not be loaded")
        with pytest.raises(OfficeFailed, match="could not be loaded"):
            pdf_from_word(b"", office=office)

    def test_of_a_program_that_cannot_start_fails(self, tmp_path: Path) -> None:
        office = tmp_path / "office"
        office.write_text("no program", encoding="utf-8")
        with pytest.raises(OfficeFailed):
            pdf_from_word(b"", office=office)

    def test_that_takes_too_long_is_ended_with_its_children(self, tmp_path: Path) -> None:
        office = script(tmp_path / "office", f"sleep 60 &\necho $! > {tmp_path}/child\nwait")
        begun = time.monotonic()
        with pytest.raises(OfficeTooSlow, match="超过1秒"):
            pdf_from_word(b"", office=office, limit=1)
        assert time.monotonic() - begun < 10
        child = int((tmp_path / "child").read_text(encoding="utf-8"))
        for _ in range(50):
            if is_gone(child):
                break
            time.sleep(Wait)
        assert is_gone(child)


Wait = 0.1


def is_gone(number: int) -> bool:
    """Tell whether a process has ended; one that nobody has buried has, too."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(") ")[2][0] == "Z"
