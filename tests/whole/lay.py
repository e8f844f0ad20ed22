"""Lays the demo's towns and people, without their reports: `python -m tests.whole.lay`."""

from datetime import timedelta

from riverain.site import environment


def main() -> None:
    with environment.prepared():
        from riverain.core import clock
        from riverain.site.database import migrate
        from riverain.site.demo import people, town

        migrate(verbosity=0)
        # They have their roles since yesterday: what is laid after them may have happened today.
        with clock.frozen(clock.now() - timedelta(days=1)):
            town.make()
            people.make()
            people.keep_password()


if __name__ == "__main__":
    main()
