"""The design system: tokens and styles, base templates, components with declared props, icons,
small ES modules, and how time and French are written. `docs/ui.md` is its cookbook.

`{% load ui %}` is the main door for templates; `speech` for sentences made in Python.
"""
