"""Signs of symbol fonts as plain characters (符号字体).

Word writes ≥ or ☑ as a place in the font Symbol or Wingdings, which says nothing
outside of that font.
"""

from __future__ import annotations

BULLET = "•"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xAF: "↓", 0xAC: "←", 0xAD: "↑", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xC5: "⊕",
    0xD7: "·", 0xD6: "√", 0xE5: "∑", 0xD5: "∏", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β",
    0x67: "γ", 0x64: "δ", 0x65: "ε", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x71: "θ",
}  # fmt: skip

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + n: sign for n, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8C + n: sign for n, sign in enumerate("❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip

_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x98: "●",
    **{0x6A + n: sign for n, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
}  # fmt: skip

_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign_of(character: str, font: str) -> str:
    r"""Return a character as it looks in a font.

    Args:
        character: One character; those of symbol fonts stand from U+F000 to U+F0FF.
        font: The name of the font.

    Returns:
        One character: itself unless it stands for a place in a symbol font;
        empty when it does, and that place is not known here.

    >>> sign_of("\uf0b3", "Symbol")
    '≥'
    """
    place = ord(character)
    if not 0xF000 <= place <= 0xF0FF:
        return character
    signs = _FONTS.get(font.strip().lower())
    return (signs or {}).get(place & 0xFF, "")
