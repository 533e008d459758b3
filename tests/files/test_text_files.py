"""Text files are read within bounds, and written without losing any."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.files.text import (
    FileMissing,
    FileTooLarge,
    FileUnreadable,
    NotUtf8,
    NotWritten,
    fingerprint,
    load_text,
    write_file,
)


class TestLoadText:
    def test_takes_off_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(b"\xef\xbb\xbf" + "数据项".encode())
        assert load_text(path) == "数据项"

    @pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
    def test_knows_one_line_ending(self, tmp_path: Path, ending: bytes) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(ending.join([b"a", b"b", b""]))
        assert load_text(path) == "a\nb\n"

    def test_names_gbk_and_the_line(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(b"a,b\n1,2\n" + "年初预算数,100".encode("gbk"))
        with pytest.raises(NotUtf8) as caught:
            load_text(path)
        assert "像是 GBK 编码" in caught.value.what
        assert caught.value.where.endswith("facts.csv 第3行")
        assert "CSV UTF-8" in caught.value.mend

    def test_does_not_call_every_foreign_byte_gbk(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(b"caf\xe9")
        with pytest.raises(NotUtf8) as caught:
            load_text(path)
        assert "GBK" not in caught.value.what

    @pytest.mark.parametrize("content", [b"a\0b", "年".encode("utf-16")])
    def test_refuses_bytes_that_no_text_has(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(content + b"\0")
        with pytest.raises(FileUnreadable, match="内容不是文本"):
            load_text(path)

    def test_refuses_a_large_file_without_reading_it(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.csv"
        with path.open("wb") as stream:
            stream.truncate(100 * 2**20)
        began = time.perf_counter()
        with pytest.raises(FileTooLarge) as caught:
            load_text(path)
        assert time.perf_counter() - began < 0.05
        assert caught.value.what == "文件有100MB，超过上限20MB，未读取。"

    def test_accepts_exactly_as_many_bytes_as_it_may(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.csv"
        path.write_bytes(b"12345")
        assert load_text(path, largest=5) == "12345"
        with pytest.raises(FileTooLarge):
            load_text(path, largest=4)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing) as caught:
            load_text(tmp_path / "facts.csv")
        assert caught.value.where.endswith("facts.csv")

    def test_refuses_a_directory(self, tmp_path: Path) -> None:
        with pytest.raises(FileUnreadable, match="不是文件"):
            load_text(tmp_path)

    def test_does_not_wait_for_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "facts.csv")
        with pytest.raises(FileUnreadable, match="不是文件"):
            load_text(tmp_path / "facts.csv")

    @pytest.mark.parametrize("name", ["a" * 300, "a\0b", "loop"])
    def test_refuses_a_name_that_leads_nowhere(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        with pytest.raises((FileMissing, FileUnreadable)):
            load_text(tmp_path / name)


class TestFingerprint:
    def test_is_the_sha_256_of_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "决算表.pdf"
        path.write_bytes(b"abc")
        assert fingerprint(path).startswith("ba7816bf8f01cfea")

    def test_is_refused_for_what_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(FileMissing):
            fingerprint(tmp_path / "决算表.pdf")
        with pytest.raises(FileUnreadable):
            fingerprint(tmp_path)
        with pytest.raises(FileUnreadable):
            fingerprint(tmp_path / ("a" * 300))


class TestWriteFile:
    def test_replaces_and_leaves_nothing_beside(self, tmp_path: Path) -> None:
        path = tmp_path / "deep" / "facts.csv"
        write_file(path, "旧")
        write_file(path, "新")
        assert path.read_text(encoding="utf-8") == "新"
        assert list(path.parent.iterdir()) == [path]

    def test_writes_bytes_as_they_are(self, tmp_path: Path) -> None:
        write_file(tmp_path / "book.xlsx", b"\0\xff\r\n")
        assert (tmp_path / "book.xlsx").read_bytes() == b"\0\xff\r\n"

    def test_keeps_the_old_file_when_writing_breaks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "facts.csv"
        write_file(path, "旧")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(NotWritten, match="无法写入：磁盘已满。"):
            write_file(path, "新")
        assert path.read_text(encoding="utf-8") == "旧"
        assert list(tmp_path.iterdir()) == [path]

    def test_clears_up_when_it_is_interrupted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_file(tmp_path / "facts.csv", "新")
        assert list(tmp_path.iterdir()) == []

    def test_does_not_replace_a_directory(self, tmp_path: Path) -> None:
        (tmp_path / "facts.csv").mkdir()
        with pytest.raises(NotWritten, match="这是文件夹"):
            write_file(tmp_path / "facts.csv", "新")
        assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]

    def test_says_so_when_a_file_stands_where_a_folder_should(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("x", encoding="utf-8")
        with pytest.raises(NotWritten, match="有一段是文件") as caught:
            write_file(tmp_path / "out" / "facts.csv", "新")
        assert "文件夹" in caught.value.mend

    @pytest.mark.parametrize("number", [2, 13, 17, 20, 21, 28, 30, 36, 9999])
    def test_says_in_chinese_what_the_system_refuses(self, number: int) -> None:
        said = NotWritten(Path("out"), OSError(number, os.strerror(number)))
        assert said.what.startswith("无法写入：")
        assert not re.search("[A-Za-z]", said.what + said.mend)

    @given(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=50)
    )
    def test_writes_what_is_read_again(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "again.txt"
        write_file(path, text)
        assert load_text(path) == text.removeprefix("\ufeff")
