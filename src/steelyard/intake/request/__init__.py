"""Asking a department for its figures (资料采集): own workbooks out, answers in.

Holds: what to ask of whom, the workbook that asks it, and the reading of that
workbook by hidden ids, wherever its rows and columns went. Refuses: to go by
positions, to take what is not certain, and to change an evaluation.
"""
