"""Surveys (问卷): questionnaires, replies, tallies, satisfaction.

Turns replies into facts by a stated method. It sees no marks, and drops no reply
without saying so.
"""
