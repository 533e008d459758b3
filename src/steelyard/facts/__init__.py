"""Facts (数据): the dictionary of data items, facts, tables, conflicts.

Holds each number with its unit, period and origin; missing, not applicable and
zero stay three values. It never overwrites a conflicting fact, and never asks
what a number is worth.
"""
