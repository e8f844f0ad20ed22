"""The addresses of the design system: the switch of language, the towns' colours, the drawn map,
the addresses that answer what is typed.

The switch is a POST since it changes state. It asks for no token: it changes a preference and
nothing else, and a token would set a cookie on every visitor of every page (docs/decisions/0007).
"""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from riverain.web.ui import plan
from riverain.web.ui.access import public
from riverain.web.ui.suggestions import suggest
from riverain.web.ui.theme import theme

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "langue",
        public("whoever reads a page may choose its language")(csrf_exempt(set_language)),
        name="set_language",
    ),
    path("theme/<slug:colour>.css", theme, name="theme"),
    path("adresses", suggest, name="addresses"),
    path("plan/ici", plan.here, name="here"),
    path("plan/<int:depth>/<int:x>/<int:y>.json", plan.square, name="plan"),
]
if settings.GALLERY:
    urlpatterns.append(path("ui/", include("riverain.web.ui.gallery.urls")))
