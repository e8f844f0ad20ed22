"""A catalogue written as a file and read again is the same, whatever its words."""

import pytest
from hypothesis import HealthCheck, given, settings

from riverain.catalogue import files, queries, writing
from riverain.catalogue.reading import read
from tests.catalogue.made import catalogues, load


@given(catalogues())
def test_what_is_written_is_read_back(spec):
    text = writing.write(spec)
    assert read(text.encode()).spec == spec
    assert writing.write(read(text.encode()).spec) == text


@pytest.mark.row("N-11")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(spec=catalogues())
def test_an_import_makes_the_catalogue_what_the_file_says_whatever_was_there(town, spec):
    load(town.lille, writing.write(spec))
    assert queries.spec(town.lille.pk) == spec
    exported = files.dump(collectivity_id=town.lille.pk)
    again = load(town.lille, exported)
    assert not again.changes
    assert files.dump(collectivity_id=town.lille.pk) == exported
