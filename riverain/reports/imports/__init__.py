"""Taking in the reports of another tool from a CSV file.

`mapping` reads the file that says which column is what; `loading.load` does it, in batches, and
may be run again: what is there already is left alone, and nobody is told anything.
"""
