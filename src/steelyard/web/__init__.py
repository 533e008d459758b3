"""The web site (网页): screens, accounts, and the tables they keep.

The only package that may know Django. It translates requests and rows, and
decides nothing that the core decides.
"""
