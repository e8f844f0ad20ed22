"""People and what may be done, by name.

An account is a person of a town or of a partner; residents never need one. What a person may do
follows from memberships (`organisation`), never from the account itself: there is no staff flag
and no superuser. Main doors: `actions` (create, set a password, deactivate), `permissions`.
"""
