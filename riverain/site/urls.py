"""Every address of the product, surface by surface."""

from django.urls import URLPattern, URLResolver, include, path

from riverain.site import health

handler400 = "riverain.web.ui.errors.bad_request"
handler403 = "riverain.web.ui.errors.forbidden"
handler404 = "riverain.web.ui.errors.not_found"
handler500 = "riverain.web.ui.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("riverain.web.ui.urls")),
    path("", include("riverain.web.portal.urls")),
    path("agents/connexion/", include("riverain.web.desk.account_urls")),
    path("agents/", include("riverain.web.desk.urls")),
]
