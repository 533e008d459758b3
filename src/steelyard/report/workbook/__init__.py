"""Workbooks with live formulas (工作簿): scores and annex tables to be followed in Excel.

Every formula carries its value, so that a viewer that does not calculate
shows the same. Nothing is decided here.
"""
