"""Workbooks read into documents (表格文件): .xlsx, .xlsm, .xls and .csv.

Holds: cells with the text that a person sees, the cutting of sheets into tables
and lines, what is hidden, formulas. Refuses: to reckon a formula, to run a macro,
to follow a link to another file, and to say what the figures mean.
"""
