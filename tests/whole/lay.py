"""Lays the demo's towns and people, without their reports: `python -m tests.whole.lay`."""

from riverain.site import environment


def main() -> None:
    with environment.prepared():
        from riverain.site.database import migrate
        from riverain.site.demo import people, town

        migrate(verbosity=0)
        town.make()
        people.make()
        people.keep_password()


if __name__ == "__main__":
    main()
