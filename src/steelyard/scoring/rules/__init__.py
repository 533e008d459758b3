"""The rule families (评分标准), one file each.

A rule turns the value of one leaf into an award. It reads no file, and never asks
who is being scored.
"""
