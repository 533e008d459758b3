"""The evaluation (评价): the aggregate, and the one call that weighs it.

Brings framework, facts, awards and checks together. It reads no clock, no
network and no document, and prints nothing.
"""
