"""An agency's own template (模板): what it may be, and what is taken from it.

Taken are styles, paper, header and footer. Its text, comments, hidden records,
authors and links to other files stay behind: a template may be somebody's old
report. What could run or burst is refused.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from lxml import etree

from steelyard.errors import SteelyardError
from steelyard.files.packages import Unusable, opened
from steelyard.report.word.markup import R, W
from steelyard.report.word.package import blank
from steelyard.report.word.paper import OFFICIAL, Paper

_TAKEN = frozenset(
    {
        KIND.ENDNOTES,
        KIND.FONT_TABLE,
        KIND.FOOTNOTES,
        KIND.NUMBERING,
        KIND.SETTINGS,
        KIND.STYLES,
        KIND.THEME,
    }
)
"""Kinds of parts that a document on a template keeps, beside headers and footers."""

_FOREIGN_SETTINGS = (
    "attachedTemplate",
    "attachedSchema",
    "docVars",
    "mailMerge",
    "saveThroughXslt",
)
"""Settings that hold somebody's words, or lead to other files."""


class BadTemplate(SteelyardError):
    """A template that cannot be used."""

    code = "report.bad-template"

    def __init__(self, why: str, mend: str = "") -> None:
        super().__init__(
            what=f"Word 模板无法使用：{why}。",
            where="模板",
            mend=mend or "请在 Word 或 WPS 中打开模板，另存为不带宏、不加密的 .docx 文件。",
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report is written on (底本)."""

    document: WordDocument
    paper: Paper
    headers: str
    """References to headers, for every section."""

    footers: str
    """References to footers that say something; nothing when there are none."""

    foreign: bool
    """Whether it came from a template: its headings may number themselves."""


def ground(template: bytes | None) -> Ground:
    """Return an empty document: ours, or one with the looks of a template.

    Raises:
        BadTemplate: It is no .docx, has macros, is encrypted or too large.
    """
    if template is None:
        return Ground(blank(), OFFICIAL, "", "", foreign=False)
    document = _opened(template)
    body = document.element.body
    if body is None:
        raise BadTemplate("其中没有正文")
    first = next(iter(body.iter(f"{{{W}}}sectPr")), None)
    paper = _paper(first)
    headers, footers = _references(document, first)
    for child in list(body):
        body.remove(child)
    etree.SubElement(body, f"{{{W}}}sectPr")
    _forget(document, headers + footers)
    return Ground(document, paper, headers, footers, foreign=True)


def _opened(template: bytes) -> WordDocument:
    try:
        names = opened(template).names
    except Unusable as why:
        raise BadTemplate(str(why)) from why
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadTemplate("其中有宏")
    try:
        return docx.Document(io.BytesIO(template))
    except (
        ValueError,
        KeyError,
        OpcError,
        AttributeError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ) as error:
        raise BadTemplate("它不是 .docx 文件，或者内容已损坏") from error


def _paper(section: etree._Element | None) -> Paper:
    """Return the upright paper of a section; what it does not say is official."""
    size = None if section is None else section.find(f"{{{W}}}pgSz")
    margins = None if section is None else section.find(f"{{{W}}}pgMar")

    def given(element: etree._Element | None, name: str, otherwise: int) -> int:
        text = "" if element is None else element.get(f"{{{W}}}{name}", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise

    paper = Paper(
        width=given(size, "w", OFFICIAL.width),
        height=given(size, "h", OFFICIAL.height),
        top=given(margins, "top", OFFICIAL.top),
        right=given(margins, "right", OFFICIAL.right),
        bottom=given(margins, "bottom", OFFICIAL.bottom),
        left=given(margins, "left", OFFICIAL.left),
        header=given(margins, "header", OFFICIAL.header),
        footer=given(margins, "footer", OFFICIAL.footer),
        gutter=given(margins, "gutter", 0),
    )
    if paper.width > paper.height:
        paper = paper.turned()
    if paper.text_width < 4000 or paper.text_height < 4000:
        raise BadTemplate("页边距之间放不下正文", "请核对模板第一节的纸张大小和页边距。")
    return paper


def _references(document: WordDocument, section: etree._Element | None) -> tuple[str, str]:
    """Return the references to headers and to footers that stay."""
    kept: dict[str, dict[str, str]] = {"headerReference": {}, "footerReference": {}}
    for child in () if section is None else section:
        tag = etree.QName(child).localname
        kind, name = child.get(f"{{{W}}}type", "default"), child.get(f"{{{R}}}id", "")
        # A first page of its own would come again in every section.
        if tag not in kept or kind == "first" or name not in document.part.rels:
            continue
        says = _says_something(document.part.rels[name].target_part)
        if tag == "headerReference" or says:
            kept[tag][kind] = name
    for found in kept.values():
        # Even pages may become different ones for the sake of page numbers.
        if "default" in found:
            found.setdefault("even", found["default"])
    headers, footers = (
        "".join(f'<w:{tag} w:type="{kind}" r:id="{name}"/>' for kind, name in found.items())
        for tag, found in kept.items()
    )
    return headers, footers


def _says_something(part: Part) -> bool:
    content = _content(part)
    marks = {f"{{{W}}}{tag}" for tag in ("fldSimple", "instrText", "drawing", "pict", "object")}
    return any(
        element.tag in marks or (element.tag == f"{{{W}}}t" and (element.text or "").strip())
        for element in content.iter()
    )


def _content(part: Part) -> etree._Element:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(part.blob, parser)
    except etree.LxmlError as error:
        raise BadTemplate("其中的内容已损坏") from error


def _forget(document: WordDocument, references: str) -> None:
    """Drop all but looks: texts, records, properties, and links to other files."""
    package = document.part.package
    for name in [n for n, rel in package.rels.items() if rel.reltype != KIND.OFFICE_DOCUMENT]:
        # Core properties are made anew: authors and comments of the template are not ours.
        del package.rels[name]
    rels = document.part.rels
    for name in list(rels):
        if rels[name].is_external or not (
            rels[name].reltype in _TAKEN or f'"{name}"' in references
        ):
            del rels[name]
    for child in list(document.element):
        if child is not document.element.body:
            document.element.remove(child)
    settings = document.settings.element
    for tag in _FOREIGN_SETTINGS:
        for element in settings.findall(f"{{{W}}}{tag}"):
            settings.remove(element)
    links = document.part.part_related_by(KIND.SETTINGS).rels
    for name in list(links):
        del links[name]
    for part in package.iter_parts():
        for name in [n for n, rel in part.rels.items() if rel.reltype == KIND.CUSTOM_XML]:
            del part.rels[name]
        if part.content_type.endswith((".footnotes+xml", ".endnotes+xml")):
            _forget_notes(part)


def _forget_notes(part: Part) -> None:
    """Keep the lines between text and notes: settings name them. The notes go."""
    content = _content(part)
    for note in list(content):
        if note.get(f"{{{W}}}type") is None:
            content.remove(note)
    part._blob = etree.tostring(content, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001  # python-docx keeps such parts as bytes, and gives no other way
