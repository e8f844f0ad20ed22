"""Services, partners, roles, memberships: who is in charge, and who may do what, where.

Main doors: `members.member_for` (what a person may do), `queries.directory` (services and
partners, from memory), `actions` and `memberships` (writes), `roles` (those that towns start with).
"""
