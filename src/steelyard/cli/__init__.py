"""The command line (命令行): a thin door to each job.

Reads arguments, calls one stage, prints results and complaints. It decides and
computes nothing.
"""
