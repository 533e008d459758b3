"""The block model (版面模型): what a report says, in order, before any writer draws it.

Headings, paragraphs, tables, charts and the figures in them. It knows no font,
no file format and no evaluation.
"""
