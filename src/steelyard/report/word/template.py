"""An agency's own template (模板): what it may be, and what is taken from it.

Taken are styles, paper, header and footer. Its text, pictures in the text and
links to other files stay behind. What could run or burst is refused.
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
from steelyard.report.word.markup import R, W
from steelyard.report.word.package import blank
from steelyard.report.word.paper import OFFICIAL, Paper
from steelyard.report.word.zipped import Unusable, bounded

_LEFT_BEHIND = frozenset(
    {
        KIND.CHART,
        KIND.COMMENTS,
        KIND.HYPERLINK,
        KIND.IMAGE,
        KIND.OLE_OBJECT,
        KIND.PACKAGE,
        KIND.DIAGRAM_COLORS,
        KIND.DIAGRAM_DATA,
        KIND.DIAGRAM_LAYOUT,
        KIND.DIAGRAM_QUICK_STYLE,
        KIND.A_F_CHUNK,
    }
)


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
        names = bounded(template)
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
        if tag == "headerReference" or _says_something(document.part.rels[name].target_part):
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
    content = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    marks = {f"{{{W}}}{tag}" for tag in ("fldSimple", "instrText", "drawing", "pict", "object")}
    return any(
        element.tag in marks or (element.tag == f"{{{W}}}t" and (element.text or "").strip())
        for element in content.iter()
    )


def _forget(document: WordDocument, references: str) -> None:
    """Drop what only the template's own text needed, and links to other files."""
    rels = document.part.rels
    for name in list(rels):
        kind = rels[name].reltype
        footer = kind in {KIND.HEADER, KIND.FOOTER} and f'"{name}"' not in references
        if kind in _LEFT_BEHIND or footer or rels[name].is_external:
            del rels[name]
    settings = document.settings
    attached = settings.element.findall(f"{{{W}}}attachedTemplate")
    for element in attached:
        settings.element.remove(element)
    links = document.part.part_related_by(KIND.SETTINGS).rels
    for name in [each for each, rel in links.items() if rel.is_external]:
        del links[name]
