"""Measures, each beside the raw database in the same run (docs/bench.md).

A bench has `run(options) -> dict`; the command prints it with the machine. All of it runs on a
server of its own, in a temporary folder, and stops by itself.
"""
