"""A workbook calculated anew by LibreOffice, for comparison with what was stored."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def office() -> str:
    """Return the LibreOffice command; say what is missing where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        reason = "LibreOffice (package libreoffice-calc) is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def recalculated(workbook: Path, folder: Path) -> Path:
    """Return a copy of a workbook in which every formula was calculated anew."""
    profile = folder / "profile"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(
            _ALWAYS_RECALCULATE, encoding="utf-8"
        )
    out = folder / "recalculated"
    subprocess.run(
        [
            office(),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out / workbook.name


Place = tuple[str, str]
"""A sheet and a reference such as B7."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def formula_values(workbook: Path) -> dict[Place, float | str]:
    """Return the value of every cell that holds a formula.

    Read from the file itself: a workbook library takes ten times as long.
    """
    found: dict[Place, float | str] = {}
    with zipfile.ZipFile(workbook) as archive:
        root = ET.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name", "") for sheet in root.iter(f"{_MAIN}sheet")]
        for number, name in enumerate(names, start=1):
            sheet = ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            for cell in sheet.iter(f"{_MAIN}c"):
                if cell.find(f"{_MAIN}f") is not None:
                    text = cell.findtext(f"{_MAIN}v") or ""
                    typed = cell.get("t", "n") == "n" and text
                    found[name, cell.get("r", "")] = float(text) if typed else text
    return found


def differences(workbook: Path, again: Path) -> list[str]:
    """Return the formula cells whose new value is not the stored one."""
    stored, fresh = formula_values(workbook), formula_values(again)
    assert stored
    found = []
    for place, before in stored.items():
        after = fresh.get(place, "")
        if isinstance(before, float) and isinstance(after, float):
            # A score is a decimal of two places: its nearest binary number is one and
            # the same. A rate may differ in the last of its sixteen digits.
            same = abs(before - after) <= 1e-12 * max(1.0, abs(before))
        else:
            same = before == after
        if not same:
            found.append(f"{place}: {before!r} stored, {after!r} recalculated")
    return found


def cell_values(workbook: Path, sheet: str) -> dict[tuple[int, int], object]:
    """Return the value of every filled cell of a sheet, by row and column."""
    book = load_workbook(workbook, data_only=True)
    return {
        (cell.row, cell.column): cell.value
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.value is not None and isinstance(cell.row, int)
    }
