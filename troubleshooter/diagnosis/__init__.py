"""The reasoning: evidence and a model in, the next thing to do out.

Order of values: correct, readable, small. Nothing in this package imports Django, reads a file, a
clock or a random number, so the same evidence gives the same turn on every machine.
"""
