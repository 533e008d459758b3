"""Frameworks (指标体系): the tree of indicators, its versions, its lint.

A framework declares points, measures and rules as they are worded; shipped ones
are the TOML files under ``catalogue``. It scores nothing, and a published
version is never edited.
"""
