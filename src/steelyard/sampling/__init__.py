"""Samples (抽样): how many to visit, and which.

Holds the seed, method and frame of each sample, so that anyone can draw it
again. It chooses nothing by hand, and knows no marks.
"""
