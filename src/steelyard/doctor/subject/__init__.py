"""Subjects (对象): indicators and projects, gathered from all over a report."""
