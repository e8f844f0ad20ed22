"""Pictures: checked, re-encoded, stored under keys that nobody guesses.

Main doors: `actions.store_picture` (outside any transaction), then `actions.confirm` inside the
transaction of the report that shows them; `queries.open_variant` to read; `actions.remove` to
erase. Who may see a picture is not known here: the surfaces decide.
"""
