"""Quantities (计量): exact numbers, units, periods, and the only rounding.

Every number is a fraction or an integer. It never makes a float, and never
knows what a number is about.
"""
