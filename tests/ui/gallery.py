"""Every component in every state, on pages like the real ones: what the pictures, axe and the
browser tests look at. Served under this module as the URL configuration."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import ensure_csrf_cookie

from riverain.core.clock import now
from riverain.guard import pow as proof_of_work
from riverain.web.ui import errors
from riverain.web.ui.icons import ICONS

# Ours alone: the portal's asks the database which town a request is for.
MIDDLEWARE = [name for name in settings.MIDDLEWARE if "riverain.web.portal" not in name]
PAGES = Path(__file__).parent / "pages"
PLACE = SimpleNamespace(name="Lille", short_name="Lille", timezone="Europe/Paris")
FAMILIES = [
    ("bin", "Propreté et tags"),
    ("road", "Voirie et assainissement"),
    ("lamp", "Éclairage public"),
]


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class ReportForm(forms.Form):
    address = forms.CharField(
        label="Adresse ou lieu",
        help_text="Un numéro et une rue, ou un endroit connu.",
        max_length=200,
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    family = forms.ChoiceField(
        label="De quoi s’agit-il ?", choices=FAMILIES, widget=forms.RadioSelect
    )
    severity = forms.ChoiceField(
        label="Est-ce gênant ?",
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


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Votre code de suivi", widget=forms.TextInput(attrs={"placeholder": "K7QX-92MP-4TFC"})
    )


class Filters(forms.Form):
    family = forms.ChoiceField(label="Famille", choices=[("", "Toutes"), *FAMILIES], required=False)
    q = forms.CharField(label="Chercher", required=False)


def context(request):
    moment = now()
    rows = [
        ("Seringues, débris de verre", "Square du Réduit, Lille-Moulins · téléphone", -20, 140),
        ("Affichage ou tag injurieux", "École Jean-Macé, 8 rue Jean-Macé, Vieux-Lille", 190, 2700),
        ("Sac plein, pas de sac", "Place de la Nouvelle-Aventure, Wazemmes", 310, 1150),
        ("Salissures, dépôts, déjections", "112 rue Pierre-Legrand, Fives", 3000, 1600),
        ("Dépôt d’amiante", "Chemin de Bargues, Lille-Sud · agent de terrain", 6000, 1500),
    ]
    form = ReportForm(request.POST or None, request.FILES or None)
    if "erreurs" in request.GET:
        form = ReportForm({"text": "x" * 501, "family": "bin"})
        form.is_valid()
        form.add_error(None, "Le lieu est hors de la ville.")
    return {
        "place": PLACE,
        "centre": (3.0573, 50.6292),
        "form": form,
        "code": CodeForm(),
        "filters": Filters(),
        "icons": {name: name for name, _ in FAMILIES},
        "hints": {"c": "Quelqu’un peut se blesser"},
        "names": sorted(ICONS),
        "page": Paginator(range(200), 50).page(2),
        "rail": engines["django"].from_string((PAGES / "rail.html").read_text()),
        "rows": [
            {
                "title": title,
                "where": where,
                "due": moment + timedelta(minutes=left),
                "late": left < 0,
                "age": timedelta(minutes=age),
                "photo": "/image/avant.svg" if index % 2 else "",
                "icon": "bin",
            }
            for index, (title, where, left, age) in enumerate(rows)
        ],
        "yesterday": moment - timedelta(hours=20),
        "before": moment - timedelta(days=2),
        "old": moment - timedelta(days=12),
        "late": moment - timedelta(minutes=25),
        "soon": moment + timedelta(hours=3, minutes=10),
        "calm": moment + timedelta(days=3, hours=1),
    }


@ensure_csrf_cookie
def show(request, name):
    if "dit" in request.GET:
        messages.success(request, "Votre signalement est enregistré.")
        messages.error(request, "La photo n’a pas pu être lue.")
    source = (PAGES / f"{name}.html").read_text()
    return HttpResponse(engines["django"].from_string(source).render(context(request), request))


def failing(_request, status):
    return errors.page(status)


def sent(request):
    """What a form brought, for the test that sent it."""
    return JsonResponse(
        {
            "fields": {name: request.POST.getlist(name) for name in request.POST},
            "files": [[file.name, file.size] for file in request.FILES.getlist("photos")],
        }
    )


def puzzle(_request):
    return JsonResponse(proof_of_work.challenge())


def image(_request, name):
    one, two = ("#8fa39b", "#3f4d53") if name == "avant" else ("#b9cdb3", "#5a7462")
    return HttpResponse(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><linearGradient id="g">'
        f'<stop stop-color="{one}"/><stop offset="1" stop-color="{two}"/></linearGradient>'
        '<rect width="800" height="600" fill="url(#g)"/></svg>',
        content_type="image/svg+xml",
    )


def areas(_request):
    """Two squares beside each other, named."""
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": name},
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [
                            [
                                [west, 50.61],
                                [west + 0.02, 50.61],
                                [west + 0.02, 50.64],
                                [west, 50.64],
                                [west, 50.61],
                            ]
                        ],
                    },
                }
                for name, west in (("Wazemmes", 3.04), ("Centre", 3.06))
            ],
        }
    )


urlpatterns = [
    path("", include("riverain.web.ui.urls")),
    path("page/<slug:name>", show),
    path("erreur/<int:status>", failing),
    path("image/<slug:name>.svg", image),
    path("quartiers.json", areas),
    path("enigme", puzzle),
    path("recu", sent),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
