"""Checks (核对): what must hold between facts, and between facts and scores.

A check says both sides and where they stand. It changes nothing, and blocks
nothing.
"""
