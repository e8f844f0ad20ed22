"""What the examples are filled with: forms, rows, pictures, instants. Nothing of it is real."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from riverain.core.clock import now
from riverain.web.ui.icons import ICONS

PLACE: Final = SimpleNamespace(
    name="Lille", short_name="Lille", timezone="Europe/Paris", brand_colour=""
)
FAMILIES: Final = [
    ("bin", "Propreté et tags"),
    ("road", "Voirie et assainissement"),
    ("lamp", "Éclairage public"),
]
# As long as words get: German compounds, and a name without a space.
LONG: Final = "Straßenbeleuchtungsanlagenverantwortlichkeitsübertragung"
LONG_SENTENCE: Final = (
    "Un dépôt de gravats, de bois et de verre occupe tout le trottoir devant l’école depuis samedi"
    " matin, et les enfants passent sur la chaussée."
)


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class ReportForm(forms.Form):
    """A field of each shape."""

    address = forms.CharField(
        label="Adresse ou lieu",
        help_text="Un numéro et une rue, ou un endroit connu.",
        max_length=200,
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    family = forms.ChoiceField(
        label="De quoi s’agit-il ?", choices=FAMILIES, widget=forms.RadioSelect
    )
    severity = forms.ChoiceField(
        label="Est-ce gênant ?",
        choices=[("a", "Gênant"), ("b", "Très gênant"), ("c", "Dangereux")],
        widget=forms.RadioSelect,
    )
    seen = forms.MultipleChoiceField(
        label="Ce que vous voyez",
        required=False,
        choices=[("1", "Du verre"), ("2", "Des cartons")],
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label="Décrivez", widget=forms.Textarea, max_length=500, required=False)
    photos = forms.FileField(label="Ajouter des photos", required=False, widget=Several)
    moment = forms.ChoiceField(label="Quand ?", choices=[("", "Choisir"), ("m", "Le matin")])
    consent = forms.BooleanField(label="Prévenez-moi par mail", required=False)


class ClosedForm(forms.Form):
    """Fields that nobody may change now."""

    number = forms.CharField(label="Numéro", disabled=True, initial="LIL-2026-000123")
    severity = forms.ChoiceField(
        label="Gravité",
        choices=[("a", "Gênant"), ("b", "Dangereux")],
        widget=forms.RadioSelect,
        disabled=True,
        initial="b",
    )


class LongForm(forms.Form):
    """Words that do not fit."""

    name = forms.CharField(label=LONG, help_text=f"{LONG_SENTENCE} {LONG}")
    kind = forms.ChoiceField(
        label=LONG_SENTENCE,
        choices=[("a", LONG), ("b", LONG_SENTENCE)],
        widget=forms.RadioSelect,
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Votre code de suivi", widget=forms.TextInput(attrs={"placeholder": "K7QX-92MP-4TFC"})
    )


class Filters(forms.Form):
    family = forms.ChoiceField(label="Famille", choices=[("", "Toutes"), *FAMILIES], required=False)
    q = forms.CharField(label="Chercher", required=False)


def faulty() -> ReportForm:
    """A form sent with every mistake that it can hold."""
    form = ReportForm({"text": "x" * 501, "family": "bin"})
    form.is_valid()
    form.add_error(None, "Le lieu est hors de la ville.")
    return form


_ROWS: Final = (
    ("Seringues, débris de verre", "Square du Réduit, Lille-Moulins · téléphone", -20, 140),
    ("Affichage ou tag injurieux", "École Jean-Macé, 8 rue Jean-Macé, Vieux-Lille", 190, 2700),
    ("Sac plein, pas de sac", "Place de la Nouvelle-Aventure, Wazemmes", 310, 1150),
    ("Salissures, dépôts, déjections", "112 rue Pierre-Legrand, Fives", 3000, 1600),
    ("Dépôt d’amiante", "Chemin de Bargues, Lille-Sud · agent de terrain", 6000, 1500),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """All that an example or a page may name."""
    moment = now()
    wrong = "erreurs" in request.GET
    return {
        "place": PLACE,
        "centre": (3.0573, 50.6292),
        "form": faulty() if wrong else ReportForm(request.POST or None, request.FILES or None),
        "empty_form": ReportForm(auto_id="vide_%s"),
        "wrong_form": faulty(),
        "filled_form": ReportForm(
            {"severity": "b", "seen": ["1"], "address": "12 rue d’Arras", "consent": "on"},
            auto_id="rempli_%s",
        ),
        "place_form": ReportForm(auto_id="lieu_%s"),
        "closed_form": ClosedForm(auto_id="clos_%s"),
        "long_form": LongForm(auto_id="long_%s"),
        "code": CodeForm(),
        "filters": Filters(),
        "icons": {name: name for name, _ in FAMILIES},
        "hints": {"c": "Quelqu’un peut se blesser"},
        "names": sorted(ICONS),
        "page": Paginator(range(200), 50).page(2),
        "long": LONG,
        "sentence": LONG_SENTENCE,
        "picture": reverse("gallery:image", args=["avant"]),
        "after": reverse("gallery:image", args=["apres"]),
        "areas": reverse("gallery:areas"),
        # Where the example of a form is sent to, and the puzzle that it asks: nowhere, none.
        "action": "",
        "puzzle": "",
        "rows": [
            {
                "title": title,
                "where": where,
                "due": moment + timedelta(minutes=left),
                "late": left < 0,
                "age": timedelta(minutes=age),
                "photo": reverse("gallery:image", args=["avant"]) if index % 2 else "",
                "icon": "bin",
            }
            for index, (title, where, left, age) in enumerate(_ROWS)
        ],
        "yesterday": moment - timedelta(hours=20),
        "before": moment - timedelta(days=2),
        "old": moment - timedelta(days=12),
        "late": moment - timedelta(minutes=25),
        "soon": moment + timedelta(hours=3, minutes=10),
        "calm": moment + timedelta(days=3, hours=1),
    }
