"""What can be reported: families, categories, types, their questions, deadlines, answers, and the
rules that say who receives what.

One readable YAML file holds all of it (`docs/catalogue.md`). Main doors: `queries.catalogue` reads
it from memory, `files.load` and `files.dump` take it in and out, `rules.check_answers` checks what
a reporter answered.
"""
