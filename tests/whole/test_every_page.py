"""Every page and state that a person can see: none is forgotten, and axe finds nothing on any."""

import pytest

from tests.browser import faults
from tests.site.columns import views
from tests.whole.states import DESK, PHONE, lay
from tests.whole.states.register import NO_PAGE, STATES
from tests.whole.states.viewing import Viewer, regard, shown

NO_LANDMARKS = {rule: {"enabled": False} for rule in ("landmark-one-main", "region")}


@pytest.fixture(scope="session")
def viewer(browser, product):
    return Viewer(browser, product, lay(product.environment))


def test_every_address_is_shown_in_a_state_or_is_no_page():
    addresses = {name for name, _view in views()}
    pictured = {state.shows for state in STATES.values() if state.shows}
    assert addresses - pictured - NO_PAGE.keys() == set(), "add a state that shows it"
    assert pictured - addresses == set(), "no such address"
    assert pictured & NO_PAGE.keys() == set()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.row("L-01")
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(viewer, name):
    state, found = STATES[name], {}
    first, *others = state.looks or (PHONE, DESK)
    with viewer.opened(state, first) as page:
        for look in (first, *others):
            if look is not first:
                regard(page, look)
            if wrong := faults(page, rules={} if state.is_page else NO_LANDMARKS):
                found[str(look)] = wrong
        if state.is_page:
            assert viewer.status == state.answers
        if state.shows:
            assert shown(page) == state.shows
    assert found == {}
    assert [said for said in viewer.told if not (state.tells and state.tells in said)] == []
