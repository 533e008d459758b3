"""Scoring (评分): rules, awards, totals, grades, readings and the envelope.

Turns facts into points, each award with its reason and the facts it used. It
never rounds outside a rule's reading, and never asks who is being scored.
"""
