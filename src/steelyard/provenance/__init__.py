"""Where a number comes from (溯源): origins of facts, derivations of results.

Holds places and steps, so that every link can be walked both ways. It reads no
source, and judges no value.
"""
