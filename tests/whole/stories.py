"""Lays a report in every state that its reporter can find it in, on top of the demo's towns:
`python -m tests.whole.stories` prints, as JSON, the code and the number of each.

Everything happens a quarter of an hour ago, so that steps which wait for their like are told at once:
the mails of each report are in the folder under its own address, `<name>@demo.example`.
"""

import json
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

from riverain.site import environment

AGO = timedelta(minutes=15)


@dataclass
class DemoCity:
    """The demo's Lille, where `tests.portal.states` expects the tests' own."""

    email: str = ""
    idea: str = "suggestion-voirie"
    praise: str = "felicitation-proprete"
    pictures: count = field(default_factory=count)

    def __post_init__(self) -> None:
        from riverain.organisation.models import Partner
        from riverain.territory.models import Collectivity

        self.lille = Collectivity.objects.get(slug="lille")
        self.partners = {
            short: Partner.objects.get(code=code, collectivities=self.lille)
            for short, code in (("mel", "metropole"), ("bailleur", "habitat-flandre"))
        }

    def member(self, role: str):
        """Whoever has the role of the service that cleans, else the first who has it."""
        from riverain.accounts.models import User
        from riverain.organisation.members import member_for
        from riverain.site.demo.people import PEOPLE

        # Only the referent of another service refuses: the administrator may do it everywhere.
        wanted = "administrator" if role == "referent" else role
        person = next(one for one in PEOPLE if one.role == wanted)
        return member_for(User.objects.get(email=person.email))

    def picture(self, *, after: bool = False) -> UUID:
        """A drawing of the demo's bin, as a photo that waits for its report."""
        from riverain.files.actions import store_prepared
        from riverain.files.pictures import prepare
        from riverain.site.demo.scenes import HEIGHT, VARIANTS, WIDTH, draw

        drawn = draw("corbeille", next(self.pictures) % VARIANTS, after=after)
        picture = prepare(drawn, max_pixels=WIDTH * HEIGHT)
        return store_prepared(acting="agent:1", picture=picture, shown="photo.jpg").id


def lay() -> dict[str, dict[str, str]]:
    """Makes the reports; their codes and numbers, by the name of their state."""
    from riverain.core import clock
    from tests.portal.states import STATES
    from tests.whole.desk_stories import STORIES

    city, found = DemoCity(), {}
    with clock.frozen(clock.now() - AGO):
        for name, make in STATES.items():
            city.email = f"{name}@demo.example"
            made = make(city)
            found[name] = {"code": made.tracking_code, "number": made.number}
        city.email = ""
        more_of_them = {"silent": _silent, "erased": _erased} | STORIES
        for name, more in more_of_them.items():
            made = more(city)
            found[name] = {"code": made.tracking_code, "number": made.number}
    return found


def _silent(city: DemoCity):
    """Reported without an address."""
    from tests.portal.states import STATES

    return STATES["received"](city)


def _erased(city: DemoCity):
    """What was said is erased; the report stays, without anyone's words."""
    from riverain.reports import erasure

    made = _silent(city)
    erasure.erase_report(acting=city.member("administrator"), report_id=made.pk)
    return made


def main() -> None:
    with environment.prepared():
        sys.stdout.write(json.dumps(lay()))


if __name__ == "__main__":
    main()
