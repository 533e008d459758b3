"""The small language (算式) of measures, rules, tie-outs and claims.

Holds one tree and its faces: evaluate, say, write as a live workbook formula.
It reads no file, and knows neither facts nor points.
"""
