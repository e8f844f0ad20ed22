"""The gallery's addresses, under /ui/ where RIVERAIN_GALLERY opens it."""

from django.urls import path

from riverain.web.ui.gallery import views

app_name = "gallery"

urlpatterns = [
    path("", views.index, name="index"),
    path("page/<slug:name>", views.page, name="page"),
    path("erreur/<int:status>", views.failing, name="error"),
    path("image/<slug:name>.svg", views.image, name="image"),
    path("quartiers.json", views.areas, name="areas"),
]
