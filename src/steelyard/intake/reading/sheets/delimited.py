"""Values parted by commas or tabs (CSV), as old systems hand them out."""

from __future__ import annotations

import csv
import io

from steelyard.intake.reading.flat.decoding import decoded
from steelyard.intake.reading.sheets.sheet import LAST_COLUMN, Allowance, Filled, Sheet, Unusable


def delimited_sheet(name: str, content: bytes) -> Sheet:
    """Return the values as one sheet without a name.

    Raises:
        Unreadable: It is no text.
        Unusable: It cannot be parted into cells, or is too large.
    """
    text = decoded(name, content)
    first = text.partition("\n")[0]
    # The mark that parts the first line most often parts all.
    parted = max((",", "\t", ";"), key=first.count)
    sheet = Sheet("")
    allowance = Allowance()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted, strict=True)
    line = 1
    try:
        for row, values in enumerate(reader):
            line = reader.line_num + 1
            if len(values) > LAST_COLUMN:
                raise Unusable(f"第{reader.line_num}行的列过多", "请核对分隔符。")
            for column, value in enumerate(values):
                if shown := value.strip():
                    allowance.take(shown)
                    sheet.cells.append(Filled(row, column, shown))
    except csv.Error as error:
        raise Unusable(
            f"第{line}行的引号或分隔符不配对，无法分列", "请检查这一行的英文双引号是否成对。"
        ) from error
    return sheet
