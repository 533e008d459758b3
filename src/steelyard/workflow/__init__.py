"""The course of an evaluation (流程): stages, roles, transitions, signatures.

Says who may move what, and what a signature covers. It decides no score, and
hides no change made after signing.
"""
