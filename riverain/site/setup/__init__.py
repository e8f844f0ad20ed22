"""What `bin/riverain`, `bin/demo` and `bin/test` do before anything else: make the checkout run.

Only the standard library is used here: it runs before any package is installed. Each part
compares what it wants with what it noted in `.venv/set-up.json` and does nothing when they agree,
so a second start costs a fifth of a second. Main door: `__main__`.
"""
