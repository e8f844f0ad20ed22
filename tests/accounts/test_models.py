"""People as their sessions ask for them: by number, as the model would read them."""

import pytest

from riverain.accounts.actions import deactivate
from riverain.accounts.models import User


def values(user):
    return {one.name: getattr(user, one.attname) for one in User._meta.concrete_fields}


def test_a_person_is_read_whole_in_one_query(ana, bob, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = User.objects.get(pk=ana.pk)
        read = values(found)
    assert found == ana
    assert read == values(User.objects.filter(pk=ana.pk).get())
    found.name = "Ana Costa"
    found.save(update_fields=["name"])
    assert User.objects.get(pk=ana.pk).name == "Ana Costa"


def test_nobody_has_the_number_of_nobody(ana):
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=ana.pk + 1)


def test_a_closed_account_is_read_as_closed(ana):
    deactivate(acting="system:cli", user=ana)
    assert not User.objects.get(pk=ana.pk).is_active


def test_other_questions_are_the_models(ana, bob):
    assert User.objects.get(email=bob.email) == bob
    assert User.objects.get(pk=str(ana.pk)) == ana
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=ana.pk, is_active=False)
    with pytest.raises(User.MultipleObjectsReturned):
        User.objects.get()
