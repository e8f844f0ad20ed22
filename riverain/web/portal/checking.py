"""What was said, as it is shown to its author before it is sent (pages without JavaScript; with it,
the same list is drawn by js/summary.js)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from riverain.catalogue.rules import read_answers
from riverain.web.portal.forms import ReportForm
from riverain.web.ui import questions

# Never sent on from the page that checks: photos are kept by their tokens.
_NOT_CARRIED = {"photos"}


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that was said."""

    term: str
    words: str


def said(form: ReportForm) -> list[Line]:
    """The form's lines in the order in which they are asked. Photos are shown beside."""
    given = form.cleaned_data
    lines = [Line(_("Lieu"), _place(form))]
    if given["description"]:
        label = str(form.fields["description"].label)
        lines.append(Line(label, given["description"]))
    answers, _wrong = read_answers(form.type, form.answers)
    lines += [Line(*pair) for pair in questions.answered(form.type, answers)]
    lines += [
        Line(str(form.fields[name].label), given[name])
        for name in ("email", "phone", "name")
        if given[name]
    ]
    return lines


def carried(form: ReportForm) -> Iterator[tuple[str, str]]:
    """Names and values of the hidden fields that bring the form back whole."""
    for name in form.fields:
        if name not in _NOT_CARRIED:
            yield from ((name, str(value)) for value in form.posted(name))


def _place(form: ReportForm) -> str:
    given = form.cleaned_data
    if given["address"]:
        return str(given["address"])
    if given["lon"] is not None:
        return _("L’endroit indiqué par votre photo, votre position ou la carte")
    return _("Vous ne savez pas exactement : nous chercherons avec votre description.")
