import pytest

from riverain.accounts.labels import label, user_id


def test_a_label_names_its_person():
    assert label(12) == "agent:12"
    assert user_id(label(12)) == 12


@pytest.mark.parametrize(
    "acting", ["reporter", "system:cli", "agent:", "agent:x", "agent:-1", "12"]
)
def test_what_is_no_persons_label_names_nobody(acting):
    assert user_id(acting) == 0
