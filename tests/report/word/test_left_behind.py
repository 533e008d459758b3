"""A template gives its looks and nothing else: no text, no record, no names."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
from lxml import etree
from tests.report.sample_document import sample_document
from tests.report.word.package_parts import packed, parts, w

from steelyard.report.word.markup import W
from steelyard.report.word.read_back import read_back
from steelyard.report.word.writer import word_file

NOTE = "欧阳建国13812345678"


def old_report() -> bytes:
    """A report of ours whose every hidden place holds a secret."""
    document = sample_document()
    passages = {key: replace(passage, source=NOTE) for key, passage in document.passages.items()}
    first = word_file(replace(document, title=NOTE, author=NOTE, passages=passages))
    opened = docx.Document(io.BytesIO(first))
    about = opened.core_properties
    for name in ("author", "comments", "title", "subject", "keywords", "category", "identifier"):
        setattr(about, name, NOTE)
    about.last_modified_by = about.content_status = about.language = about.version = NOTE
    opened.add_comment(opened.paragraphs[0].runs or opened.add_paragraph("x").runs, NOTE, NOTE)
    variables = etree.SubElement(opened.settings.element, w("docVars"))
    etree.SubElement(variables, w("docVar")).set(w("val"), NOTE)
    out = io.BytesIO()
    opened.save(out)
    return with_parts(out.getvalue())


def with_parts(content: bytes) -> bytes:
    """Add properties of its own, notes and building blocks to a package."""
    files = parts(content)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    text = f"<w:p><w:r><w:t>{NOTE}</w:t></w:r></w:p>"
    added = {
        "docProps/custom.xml": ("custom-properties", f"<a>{NOTE}</a>", "application/xml"),
        "docProps/app.xml": ("extended-properties", f"<a>{NOTE}</a>", "application/xml"),
        "word/footnotes.xml": (
            "footnotes",
            (
                f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/>'
                f'</w:footnote><w:footnote w:id="1">{text}</w:footnote></w:footnotes>'
            ),
            f"{word}.footnotes+xml",
        ),
        "word/glossary/document.xml": (
            "glossaryDocument",
            f'<w:glossaryDocument xmlns:w="{W}">{text}</w:glossaryDocument>',
            f"{word}.document.glossary+xml",
        ),
    }
    for number, (name, (kind, body, content_type)) in enumerate(added.items()):
        files[name] = body.encode()
        home = "word/_rels/document.xml.rels" if name.startswith("word/") else "_rels/.rels"
        relationship = (
            f'<Relationship Id="rIdX{number}" Type="{office}/{kind}" Target="/{name}"/>'
        ).encode()
        files[home] = files[home].replace(b"</Relationships>", relationship + b"</Relationships>")
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/>'.encode()
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
            b"</Types>", override + b"</Types>"
        )
    return packed(files)


class TestATemplate:
    def test_leaves_nothing_of_what_it_held(self) -> None:
        template = old_report()
        held = [name for name, part in parts(template).items() if NOTE.encode() in part]
        assert {"customXml/item1.xml", "docProps/core.xml", "word/settings.xml"} <= set(held)
        assert len(held) >= 7
        made = parts(word_file(sample_document(), template=template))
        assert [name for name, part in made.items() if NOTE.encode() in part] == []
        assert [name for name in made if name.startswith("customXml/item1")] == [
            "customXml/item1.xml"
        ]

    def test_keeps_the_lines_between_text_and_notes(self) -> None:
        made = parts(word_file(sample_document(), template=old_report()))
        notes = etree.fromstring(made["word/footnotes.xml"])
        assert [note.get(w("type")) for note in notes] == ["separator"]

    def test_that_was_a_report_gives_one_record(self) -> None:
        content = word_file(sample_document(), template=old_report())
        assert read_back(content).title == sample_document().title

    def test_gives_no_author_to_a_masked_copy(self) -> None:
        masked = replace(sample_document(), passages={}, masked=True)
        made = word_file(masked, template=old_report())
        about = docx.Document(io.BytesIO(made)).core_properties
        assert (about.author, about.last_modified_by) == (masked.author, masked.author)
        assert (about.comments, about.subject, about.keywords) == ("", "", "")
        assert NOTE.encode() not in parts(made)["docProps/core.xml"]


class TestAReportOfOurs:
    def test_marks_no_passage_as_moved(self) -> None:
        returned = read_back(word_file(sample_document(), template=old_report()))
        assert not any(passage.moved for passage in returned.passages)
        assert returned.remarks == ()
