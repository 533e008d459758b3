"""Composing (编排): outline, narrative and outcome become the blocks of a report.

Here every reference is looked up, every figure printed once, and every gap
marked. Nothing here knows how a block will look.
"""
