"""The proof page (证明页): one file in which every number of an outcome is a door.

It lays out what was weighed. It computes nothing, and loads nothing.
"""
