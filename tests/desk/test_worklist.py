"""The list of reports: what stands in it, in which order, for whom, at which cost."""

import pytest

from tests import town

LIST = "/agents/"


def test_worklist_shows_what_is_to_be_done_and_where(city, page):
    made = town.report(city, phone="0612345678")
    text = page("coordinator", LIST)
    assert made.number in text
    assert "Sac plein, pas de sac" in text
    assert "12 rue des Postes, Wazemmes" in text
