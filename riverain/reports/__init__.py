"""The report: its lifecycle, its timeline, its messages and claims.

Main doors: `submission.submit` makes one, `actions` moves and annotates it (`actions.move` is the
only code that writes a status), `queries` reads. Who subscribes to what happens: `events`.
"""
