"""The one address of the design system: the switch of language, a POST since it changes state."""

from django.urls import path
from django.views.i18n import set_language

from riverain.web.ui.access import public

urlpatterns = [
    path(
        "langue",
        public("whoever reads a page may choose its language")(set_language),
        name="set_language",
    ),
]
