"""The one address of the design system: the switch of language, a POST since it changes state.

It asks for no token: it changes a preference and nothing else, and a token would set a cookie on
every visitor of every page (docs/decisions/0007).
"""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from riverain.web.ui.access import public

urlpatterns = [
    path(
        "langue",
        public("whoever reads a page may choose its language")(csrf_exempt(set_language)),
        name="set_language",
    ),
]
