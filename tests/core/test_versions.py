"""What processes hold in memory follows what is committed, and nothing else."""

from threading import Thread

from django.db import connections, transaction

from riverain.core import versions


def elsewhere(name: str) -> int:
    """The version that another thread of this process believes current."""
    found = []

    def ask():
        found.append(versions.current(name))
        connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


def test_version_never_bumped_is_zero(db):
    assert versions.current("catalogue") == 0


def test_bump_is_seen_at_once_where_it_was_made(committed_db):
    with transaction.atomic():
        versions.bump("catalogue")
        inside = versions.current("catalogue")
    assert inside == versions.current("catalogue") > 0


def test_uncommitted_version_stays_in_its_transaction(committed_db):
    with transaction.atomic():
        versions.bump("catalogue")
        assert versions.current("catalogue") > 0
        assert elsewhere("catalogue") == 0
    assert elsewhere("catalogue") > 0


def test_rolled_back_version_never_comes_again(committed_db):
    seen = set()
    for _ in range(3):
        with transaction.atomic():
            versions.bump("catalogue")
            seen.add(versions.current("catalogue"))
            transaction.set_rollback(True)
    with transaction.atomic():
        versions.bump("catalogue")
    seen.add(versions.current("catalogue"))
    assert len(seen) == 4


def test_two_names_move_apart(committed_db):
    with transaction.atomic():
        versions.bump("catalogue")
    catalogue = versions.current("catalogue")
    with transaction.atomic():
        versions.bump("territory")
    assert versions.current("catalogue") == catalogue
