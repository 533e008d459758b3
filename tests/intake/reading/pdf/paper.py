"""Small PDF files drawn by hand: words at places, rules as Word and others draw them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000"
    b" /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light"
    b" /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
    b" /CapHeight 880 /StemV 93 >> >>] >>"
)
_MUTE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Mute /Encoding /Identity-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Mute"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /Mute /Flags 4"
    b" /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >> >>] >>"
)
_IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8 /Length 1 >> stream\n\x80\nendstream"
)


@dataclass
class Page:
    """A page of 400 × 500 points, drawn from its lower left corner."""

    width: float = 400
    height: float = 500
    extra: bytes = b""
    """Further entries, as the turn of the page."""
    content: list[bytes] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, size: float = 10, *, turned: str = "1 0 0 1"
    ) -> Page:
        """Write words: a Chinese character is ``size`` wide, a digit half of it."""
        codes = words.encode("utf-16-be").hex()
        return self.draw(f"BT /F {size} Tf {turned} {x} {y} Tm <{codes}> Tj ET")

    def mute(self, x: float, y: float, count: int) -> Page:
        """Write characters of a font that does not say what they mean."""
        codes = "".join(f"{code:04x}" for code in range(300, 300 + count))
        return self.draw(f"BT /M 10 Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET")

    def draw(self, operators: str) -> Page:
        """Draw anything."""
        self.content.append(operators.encode())
        return self

    def picture(self) -> Page:
        """Cover the page with a picture."""
        return self.draw(f"q {self.width} 0 0 {self.height} 0 0 cm /I Do Q")

    def lines(self, across: list[float], down: list[float]) -> Page:
        """Stroke a grid between edges."""
        for x in across:
            self.draw(f"0.5 w {x} {down[0]} m {x} {down[-1]} l S")
        for y in down:
            self.draw(f"0.5 w {across[0]} {y} m {across[-1]} {y} l S")
        return self

    def cells(self, across: list[float], down: list[float], rows: list[list[str]]) -> Page:
        """Stroke a grid and write one line into each cell."""
        self.lines(across, down)
        for row, words in enumerate(rows):
            for column, each in enumerate(words):
                if each:
                    self.text(across[column] + 3, down[row + 1] + 5, each)
        return self


def pdf(*pages: Page, trailer: bytes = b"") -> bytes:
    """Return pages as a file."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT, _MUTE, _IMAGE]
    kids = []
    for page in pages:
        content = zlib.compress(b"\n".join(page.content))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Contents %d 0 R /Resources"
            b" << /Font << /F 3 0 R /M 4 0 R >> /XObject << /I 5 0 R >> >> %s >>"
            % (page.width, page.height, len(objects) + 2, page.extra),
            b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream"
            % (len(content), content),
        ]
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
