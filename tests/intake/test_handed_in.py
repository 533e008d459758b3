"""What was handed in: files, and the files inside of archives, within bounds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from steelyard.errors import Gathered
from steelyard.intake.handed_in import MOST_MEMBERS, handed_in, opened
from steelyard.intake.reading.unreadable import Unreadable


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


class TestAnArchive:
    def test_gives_its_files_by_name(self) -> None:
        found = opened("材料.zip", archive({"一/甲.csv": b"a", "乙.csv": b"b"}))
        assert [each.name for each in found] == ["材料.zip › 一/甲.csv", "材料.zip › 乙.csv"]

    def test_leaves_out_what_systems_put_in(self) -> None:
        members = {"__MACOSX/._a": b"x", ".DS_Store": b"x", "~$附表.xlsx": b"x", "附表.csv": b"a"}
        assert [each.content for each in opened("材料.zip", archive(members))] == [b"a"]

    def test_of_an_older_program_has_readable_names(self) -> None:
        raw = archive({"aaaa.csv": b"a"}).replace(b"aaaa", "附表".encode("gb18030"))
        assert opened("材料.zip", raw)[0].name == "材料.zip › 附表.csv"

    def test_that_is_a_workbook_is_one_file(self) -> None:
        raw = archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
        assert [each.content for each in opened("附表.xlsx", raw)] == [raw]

    def test_within_an_archive_is_not_opened(self) -> None:
        inner = archive({"附表.csv": b"a"})
        assert opened("外.zip", archive({"内.zip": inner}))[0].content == inner

    @pytest.mark.parametrize(
        ("raw", "why"),
        [
            pytest.param(archive({}), "没有文件", id="empty"),
            pytest.param(
                archive({f"{n}.csv": b"" for n in range(MOST_MEMBERS + 1)}), "超过", id="too many"
            ),
            pytest.param(archive({"大.csv": b"0" * (101 * 2**20)}), "过大", id="bomb"),
            pytest.param(b"PK\x03\x04" + bytes(90), "损坏", id="damaged"),
        ],
    )
    def test_that_holds_too_much_or_nothing_is_refused(self, raw: bytes, why: str) -> None:
        if raw.startswith(b"PK\x05\x06"):
            raw = archive({"空/": b""})
        with pytest.raises(Unreadable, match=why):
            opened("材料.zip", raw)


class TestSeveralFiles:
    def test_are_refused_together(self, tmp_path: Path) -> None:
        with pytest.raises(Gathered) as caught:
            handed_in([tmp_path / "无.xlsx", tmp_path])
        assert len(caught.value.errors) == 2
