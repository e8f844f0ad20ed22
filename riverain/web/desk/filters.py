"""What a worklist is narrowed by, read from its address."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riverain.accounts.permissions import Permission
from riverain.catalogue import queries as catalogues
from riverain.organisation import queries as organisation
from riverain.organisation.members import Member
from riverain.reports import wording
from riverain.reports.lifecycle import CLOSED, OPEN, Status
from riverain.reports.models import Channel
from riverain.reports.queries import Filters
from riverain.territory import queries as territory
from riverain.territory.facts import CollectivityFacts
from riverain.territory.kinds import AreaKind
from riverain.web.desk.frame import LIST, first_view, towns_of, views_of
from riverain.web.desk.words import VIEWS

Choices = list[tuple[Any, Any]]
# Fields of which French says « Toutes ».
_FEMININE: Final = frozenset({"ville", "famille"})


class FilterForm(forms.Form):
    """The names stand in addresses that agents share, hence French. A value that is not, or no
    longer, offered is left out and said (`ignored`), never an error."""

    q = forms.CharField(
        label=gettext_lazy("Des mots, une rue, un numéro"), max_length=200, required=False
    )
    statut = forms.ChoiceField(label=gettext_lazy("Statut"), required=False)
    ville = forms.TypedChoiceField(
        label=gettext_lazy("Collectivité"), coerce=int, empty_value=None, required=False
    )
    famille = forms.TypedChoiceField(
        label=gettext_lazy("Famille"), coerce=int, empty_value=None, required=False
    )
    type = forms.TypedChoiceField(
        label=gettext_lazy("Type"), coerce=int, empty_value=None, required=False
    )
    service = forms.TypedChoiceField(
        label=gettext_lazy("Service"), coerce=int, empty_value=None, required=False
    )
    partenaire = forms.TypedChoiceField(
        label=gettext_lazy("Prestataire ou organisme"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    quartier = forms.TypedChoiceField(
        label=gettext_lazy("Quartier"), coerce=int, empty_value=None, required=False
    )
    secteur = forms.TypedChoiceField(
        label=gettext_lazy("Secteur"), coerce=int, empty_value=None, required=False
    )
    canal = forms.ChoiceField(label=gettext_lazy("Canal"), required=False)
    retard = forms.BooleanField(label=gettext_lazy("En retard seulement"), required=False)

    def __init__(self, data: MultiValueDict[str, Any], *, member: Member) -> None:
        super().__init__(data, auto_id="filtre_%s", label_suffix="")
        self.member = member
        self.left_out = False
        towns = towns_of(member, Permission.READ_REPORTS)
        if len(towns) > 1:
            self._offer("ville", lambda: [(town.id, town.short_name) for town in towns])
        else:
            del self.fields["ville"]
        self._offer("statut", self._stati)
        self._offer("canal", lambda: [(one.value, wording.CHANNELS[one]) for one in Channel])
        there = _narrowed(towns, data.get("ville", ""))
        for name, offered in _OF_TOWNS.items():
            self._offer(name, partial(offered, there))

    def full_clean(self) -> None:
        super().full_clean()
        self.left_out = bool(self.errors)
        self.errors.clear()

    @cached_property
    def view(self) -> str:
        """The view that the address names, else the first one."""
        asked = self.data.get("vue", "")
        known = {VIEWS[code][0]: code for code in views_of(self.member)}
        return known.get(asked, first_view(self.member))

    @property
    def ignored(self) -> bool:
        """Whether something in the address was not understood."""
        known = {VIEWS[code][0] for code in views_of(self.member)} | {""}
        return self.left_out or self.data.get("vue", "") not in known

    @property
    def filters(self) -> Filters:
        said = {} if not self.is_bound else self.cleaned_data
        return Filters(
            view=self.view,
            collectivity_id=said.get("ville"),
            family_id=said.get("famille"),
            type_id=said.get("type"),
            service_id=said.get("service"),
            partner_id=said.get("partenaire"),
            district_id=said.get("quartier"),
            sector_id=said.get("secteur"),
            channel=said.get("canal", ""),
            status=said.get("statut", ""),
            late=said.get("retard", False),
            text=said.get("q", ""),
        )

    def active(self) -> list[tuple[str, str]]:
        """What narrows the list, in words, each with the address that takes it off."""
        return [(self._words(name), self.address(but=name)) for name in self._said()]

    def address(self, *, but: str = "", **more: str) -> str:
        """The list's own address, without one of its filters, or with something more."""
        said = {name: str(self.data.get(name)) for name in self._said() if name != but} | more
        ordered = [(name, said[name]) for name in LIST if name in said]
        rest = [(name, value) for name, value in said.items() if name not in LIST]
        return "?" + urlencode([("vue", VIEWS[self.view][0]), *ordered, *rest])

    @property
    def beside_words(self) -> list[tuple[str, str]]:
        """What the form of the words sends along: the view, and the other filters."""
        return self._beside(name for name in self._said() if name != "q")

    @property
    def beside_folded(self) -> list[tuple[str, str]]:
        """What the form of the other filters sends along: the view, and the words."""
        return self._beside(name for name in self._said() if name == "q")

    def folded(self) -> list[forms.BoundField]:
        """The fields behind « Filtrer »: all but the words."""
        return [self[name] for name in self.fields if name != "q"]

    def _beside(self, names: Iterable[str]) -> list[tuple[str, str]]:
        view = ("vue", VIEWS[self.view][0])
        return [view, *((name, str(self.data.get(name))) for name in names)]

    def _said(self) -> list[str]:
        return [name for name in self.cleaned_data if self.cleaned_data[name]]

    def _stati(self) -> Choices:
        """What a status filter can find in this view."""
        within = CLOSED if self.view == "closed" else OPEN
        return [(one.value, wording.STATUS_FOR_AGENTS[one]) for one in Status if one in within]

    def _words(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if not isinstance(field, forms.ChoiceField):
            return _("« %(text)s »") % {"text": value}
        for key, label in _flat(field.choices):
            if str(key) == str(value):
                return str(label)
        return str(value)

    def _offer(self, name: str, offered: Callable[[], Choices]) -> None:
        """Asked for when the field is checked or drawn: a list whose filters are folded has no use
        for some hundreds of names."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = lambda: [("", _("Toutes") if name in _FEMININE else _("Tous")), *offered()]


def _families(towns: list[CollectivityFacts]) -> Choices:
    found: Choices = []
    for town in towns:
        families = catalogues.catalogue(town.id).families
        found += _grouped(towns, town, [(one.id, one.name) for one in families])
    return found


def _types(towns: list[CollectivityFacts]) -> Choices:
    found: Choices = []
    for town in towns:
        for family in catalogues.catalogue(town.id).families:
            title = f"{town.short_name} · {family.name}" if len(towns) > 1 else family.name
            found.append((title, [(one.id, one.name) for one in family.types]))
    return found


def _districts(towns: list[CollectivityFacts]) -> Choices:
    return _areas(towns, AreaKind.DISTRICT)


def _sectors(towns: list[CollectivityFacts]) -> Choices:
    return _areas(towns, AreaKind.SECTOR)


def _areas(towns: list[CollectivityFacts], kind: AreaKind) -> Choices:
    found: Choices = []
    for town in towns:
        there = territory.areas(town.id, kind)
        found += _grouped(towns, town, [(one.id, one.name) for one in there])
    return found


def _services(towns: list[CollectivityFacts]) -> Choices:
    """Each once, also where several towns share it."""
    held = organisation.directory()
    return list({one.id: one.name for town in towns for one in held.services_of(town.id)}.items())


def _partners(towns: list[CollectivityFacts]) -> Choices:
    held = organisation.directory()
    return list({one.id: one.name for town in towns for one in held.partners_of(town.id)}.items())


# What these towns have to choose from.
_OF_TOWNS: Final[dict[str, Callable[[list[CollectivityFacts]], Choices]]] = {
    "famille": _families,
    "type": _types,
    "service": _services,
    "partenaire": _partners,
    "quartier": _districts,
    "secteur": _sectors,
}


def _narrowed(towns: list[CollectivityFacts], chosen: str) -> list[CollectivityFacts]:
    one = [town for town in towns if str(town.id) == chosen]
    return one or towns


def _grouped(towns: list[CollectivityFacts], town: CollectivityFacts, found: Choices) -> Choices:
    """Under the town's name where there are several towns."""
    return [(town.short_name, found)] if len(towns) > 1 and found else found


def _flat(choices: Any) -> Choices:
    found: Choices = []
    for key, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(key, label)]
    return found
