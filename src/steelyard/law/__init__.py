"""Citations (依据): document numbers, titles and the passages relied on.

Holds what was read in the text itself. It interprets nothing, and cites
nothing from memory.
"""
