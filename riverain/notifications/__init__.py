"""Telling people: a notice gathers the steps of a report for one recipient, and becomes one mail.

Subscribes to the reports' events; main doors: `actions.hear`, `sending.send`.
"""
