"""The PDF writer (PDF 报告): by LibreOffice from the Word file, else by Typst.

Which wanted font was replaced by which is always told.
"""
