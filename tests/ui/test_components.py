"""What the components write, read as a browser would: ids that tie, words escaped."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from riverain.catalogue.facts import Choice, Question, QuestionKind
from riverain.core import clock
from riverain.web.ui import icons, questions
from riverain.web.ui.icons import ICONS
from tests.ui.gallery import ReportForm

NOW = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)


def render(source, request=None, **context):
    return engines["django"].from_string("{% load ui i18n %}" + source).render(context, request)


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, tag):
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]


def faulty():
    form = ReportForm({"text": "x" * 501})
    form.is_valid()
    return form


class Chosen(forms.Form):
    place = forms.TypedChoiceField(
        label="Où",
        coerce=int,
        required=False,
        widget=forms.Select(attrs={"data-where": '"here"'}),
        choices=[
            ("", "Partout"),
            ("Ville & <quartiers>", [(1, "Centre"), (12, '<b>Fives</b> "est"')]),
            (2, "Vauban"),
        ],
    )
    needed = forms.ChoiceField(label="Quoi", choices=[("", "Choisir"), ("a", "Un trou")])


@pytest.mark.parametrize(
    "data", [None, {}, {"place": "12", "needed": "a"}, {"place": "7"}, {"place": '"><script>'}]
)
@pytest.mark.parametrize("name", ["place", "needed"])
def test_a_select_is_what_django_draws(data, name):
    """Its options are drawn without a template each: there may be hundreds."""
    form = Chosen(data, initial={"place": 2})
    form.is_valid()
    drawn = render("{% field bound %}", bound=form[name])
    (mine,) = re.findall(r"<select.*</select>", drawn, re.DOTALL)
    described = re.search(r'aria-describedby="([^"]+)"', mine)
    attributes = {"class": "input"}
    if form.is_bound and form.errors.get(name):
        attributes |= {"aria-describedby": described[1], "aria-invalid": "true"}
    assertHTMLEqual(mine, form[name].as_widget(attrs=attributes))


def test_words_of_a_select_are_typeset():
    form = Chosen()
    form.fields["place"].choices = [("L'été", [(1, "Trou: 3 m")])]
    drawn = render("{% field form.place %}", form=form)
    assert 'label="L’été"' in drawn
    assert ">Trou\u00a0: 3\u00a0m</option>" in drawn


def test_a_field_is_tied_to_its_label_hint_and_error():
    found = Elements(render("{% field form.address %}", form=faulty()))
    (field,) = found.of("input")
    (label,) = found.of("label")
    assert label["for"] == field["id"]
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) <= set(found.ids)
    assert len(field["aria-describedby"].split()) == 2


def test_a_field_without_fault_is_not_called_invalid():
    (field,) = Elements(render("{% field form.address %}", form=ReportForm())).of("input")
    assert "aria-invalid" not in field
    assert field["aria-describedby"] == "id_address_hint"


def test_every_error_of_the_summary_leads_to_something_on_the_page():
    names = [name for name in ReportForm.base_fields if name not in {"latitude", "longitude"}]
    fields = "".join(f"{{% field form.{name} %}}" for name in names if name != "photos")
    found = Elements(
        render(
            "{% error_summary form=form %}" + fields + "{% photo_input form.photos %}",
            form=faulty(),
        )
    )
    targets = {link["href"][1:] for link in found.of("a")}
    assert len(targets) == 5
    assert targets <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_a_summary_names_each_field_and_is_absent_when_nothing_is_wrong():
    html = render("{% error_summary form=form %}", form=faulty())
    assert "De quoi s’agit-il\u00a0: Ce champ est obligatoire." in html
    assert render("{% error_summary form=form %}", form=ReportForm()).strip() == ""


def test_choices_keep_what_was_chosen_and_skip_the_blank():
    form = ReportForm({"severity": "b", "seen": ["1", "2"]})
    found = Elements(render("{% field form.severity %}{% field form.seen %}", form=form))
    chosen = [field["value"] for field in found.of("input") if "checked" in field]
    assert chosen == ["b", "1", "2"]


def test_what_is_typed_is_escaped_everywhere():
    bad = '"><script>alert(1)</script>'
    form = ReportForm({"address": bad, "text": bad})
    sources = [
        "{% field form.address %}{% field form.text %}",
        "{% chip bad %}",
        "{% button label=bad name=bad value=bad %}",
        "{% tile href=bad label=bad hint=bad icon=bad %}",
        "{% card title=bad %}{{ bad }}{% endcard %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% timeline label=bad %}{% step title=bad %}{{ bad }}{% endstep %}{% endtimeline %}",
        "{% facts %}{% fact term=bad %}{{ bad }}{% endfact %}{% endfacts %}",
        "{% photo src=bad alt=bad caption=bad href=bad %}{% photo alt=bad %}",
        "{% empty title=bad %}{{ bad }}{% endempty %}",
        "{% crest name=bad %}{% progress step=1 of=2 label=bad %}",
        "{{ bad|fr }}",
    ]
    for source in sources:
        assert "<script" not in render(source, form=form, bad=bad), source


def test_a_count_needs_a_limit_and_says_it():
    (line,) = [
        attributes
        for attributes in Elements(
            render("{% field form.text count=True %}", form=ReportForm())
        ).of("p")
        if attributes.get("class") == "count"
    ]
    assert line["data-limit"] == "500"
    assert "data-limit" not in render("{% field form.moment count=True %}", form=ReportForm())


def test_times_are_said_and_hold_the_exact_instant():
    place = SimpleNamespace(name="Lille", timezone="Europe/Paris")
    with clock.frozen(NOW):
        html = render("{% when at %}", at=NOW - timedelta(hours=17, minutes=20), place=place)
        late = render("{% deadline at %}", at=NOW - timedelta(minutes=20), place=place)
    assert html == (
        '<time datetime="2026-06-09T14:40:00+00:00" title="mardi 9\u00a0juin 2026 à 16\u00a0h\u00a040">'
        "hier à 16\u00a0h\u00a040</time>"
    )
    assert re.search(r'class="chip late".*<time[^>]*>en retard de 20\u00a0min</time>', late)


def test_a_time_without_a_place_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="zone"):
        render("{% when at %}", at=NOW)
    there = SimpleNamespace(timezone="UTC")
    assert "8\u00a0h" in render("{% exactly at %}", at=NOW, place=there)


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/liste", {"famille": "a b", "page": "2"})
    html = render("{% pagination page=page %}", request, page=Paginator(range(30), 10).page(2))
    assert [link["href"] for link in Elements(html).of("a")] == [
        "?famille=a+b&page=1",
        "?famille=a+b&page=3",
    ]
    one = Paginator(range(3), 10).page(1)
    assert "<nav" not in render("{% pagination page=page %}", request, page=one)


def test_coordinates_are_written_with_a_point_in_french():
    html = render('{% map_view longitude=lon latitude=lat label="Ici" %}', lon=3.0505, lat=50.6266)
    assert 'data-centre="3.0505,50.6266"' in html


def test_an_icon_that_the_house_does_not_have_draws_the_flag():
    assert ICONS["flag"] in render('{% icon "unheard-of" %}')


def test_every_icon_named_in_a_template_exists():
    for path in Path(icons.__file__).parents[1].rglob("*.html"):
        for name in re.findall(r'icon[ =]"([a-z-]+)"', path.read_text()):
            assert name in ICONS, f"{path.name}: {name}"


def test_a_date_field_and_a_disabled_field_keep_their_own_attributes():
    class Dated(forms.Form):
        day = forms.DateField(label="Jour", widget=forms.DateInput(attrs={"type": "date"}))

    (field,) = Elements(render("{% field form.day %}", form=Dated())).of("input")
    assert (field["type"], field["class"]) == ("date", "input")


def test_words_of_the_town_are_french_on_a_page_in_another_language():
    with translation.override("en"):
        assert render("{{ name|town }}", name="L'eau: <b>") == (
            '<span lang="fr">L’eau\u00a0: &lt;b&gt;</span>'
        )
        assert render("{{ name|town }}", name="") == ""
        html = render("{% card title=name|town %}{% endcard %}", name="Voirie")
        assert '<h2><span lang="fr">Voirie</span></h2>' in html
    with translation.override("fr"):
        assert render("{{ name|town }}", name="L'eau: <b>") == "L’eau\u00a0: &lt;b&gt;"


def test_questions_of_the_catalogue_are_french_on_a_page_in_another_language():
    question = Question(
        code="q",
        label="Quelle odeur ?",
        kind=QuestionKind.CHOICE,
        choices=(Choice(code="a", label="D'égout"),),
    )
    with translation.override("en"):
        field = questions._field(question)
    assert field.label == '<span lang="fr">Quelle odeur\u00a0?</span>'
    assert list(field.widget.choices) == [("a", '<span lang="fr">D’égout</span>')]
    form = type("Asked", (forms.Form,), {"q": forms.CharField(label=field.label)})({})
    with translation.override("en"):
        html = render("{% error_summary form=form %}", form=form)
    assert '<span lang="fr">Quelle odeur</span>' in html


@pytest.mark.parametrize(("code", "other"), [("fr", "en"), ("en", "fr")])
def test_the_other_language_is_a_button_that_comes_back_to_this_page(code, other):
    request = RequestFactory().get("/agents/", {"vue": 'a-traiter"><b>'})
    with translation.override(code):
        html = render("{% language_form %}", request=request)
    names = {"fr": "Français", "en": "English"}
    assert f'<span aria-current="true" lang="{code}">{names[code]}</span>' in html
    found = Elements(html)
    assert found.of("form") == [{"class": "language", "method": "post", "action": "/langue"}]
    assert found.of("input")[0]["value"] == request.get_full_path()
    assert found.of("button") == [{"name": "language", "value": other, "lang": other}]


def test_a_fixed_part_is_drawn_once_for_each_language_and_sees_nothing_of_the_page():
    source = '{% fixed "desk/parts/skeleton.html" %}'
    said = {}
    for code in ("fr", "en", "fr"):
        with translation.override(code):
            said.setdefault(code, render(source))
            assert render(source, label="Camille") == said[code]
    assert "Chargement" in said["fr"]
    assert "Chargement" not in said["en"]
