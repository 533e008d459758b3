"""Batches (批次): what was taken into an evaluation folder at one time.

A batch is written whole or not at all, survives being cut off, and can be taken
back. It keeps for every value the file, its fingerprint, the place and the words.
"""
