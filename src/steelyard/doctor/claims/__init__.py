"""Claims (论断): what sentences say with numbers, written as data.

A claim is a pattern of words, a formula and a severity. A new one needs no code.
"""
