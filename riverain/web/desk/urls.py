"""The agents' addresses, under /agents/."""

from django.urls import path

from riverain.web.desk import areas, entering, file, mapping, sessions, stepping, worklist

app_name = "desk"

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("saisir", entering.choose, name="choose"),
    path("saisir/recu/<slug:number>", entering.receipt, name="receipt"),
    path("saisir/<slug:town>", entering.enter, name="enter"),
    path("saisir/<slug:town>/<slug:code>", entering.enter, name="enter-type"),
    path("signalements/<slug:number>", file.report, name="report"),
    path(
        "signalements/<slug:number>/photos/<int:picture_id>/<slug:variant>",
        file.photo,
        name="photo",
    ),
    path("signalements/<slug:number>/<slug:code>", stepping.step, name="step"),
    path("mes-connexions", sessions.sessions, name="sessions"),
    path("carte/reperes.json", mapping.data, name="map-data"),
    path("carte/liste", mapping.rows, name="map-rows"),
    path("contours/<slug:slug>.geojson", areas.areas, name="areas"),
]
