"""The one log: append-only, hash-chained entries, with the personal values beside them.

A stream is one report or one administered object. Main doors: `actions.record`,
`actions.erase`, `verification.verify`, `sealing.seal`.
"""
