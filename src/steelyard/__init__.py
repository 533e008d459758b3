"""Steelyard (权衡): weighs what public money achieved, and shows every step.

Each package is one stage of the work and sees only the stages before it. This
one holds no name of its own: import from the stage that owns it.
"""
