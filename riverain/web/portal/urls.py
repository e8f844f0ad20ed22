"""The residents' addresses. The same under `/c/<slug>/` (see `middleware`)."""

from django.urls import path

from riverain.web.portal import about, as_reporter, following, home, reporting

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("signaler", home.choose, name="choose"),
    path("signaler/mots.json", home.words, name="words"),
    path("signaler/<slug:family>", home.choose_type, name="choose-type"),
    path("signaler/type/<slug:code>", reporting.report, name="report"),
    path("suggerer", home.suggest, name="suggest"),
    path("feliciter", home.praise, name="praise"),
    path("photos-en-attente", reporting.waiting_photo, name="waiting-photo"),
    path("suivi", following.follow, name="follow"),
    path("suivi/<str:code>", following.tracking, name="tracking"),
    path("suivi/<str:code>/message", following.write, name="write"),
    path("suivi/<str:code>/pas-regle", following.claim, name="claim"),
    path("suivi/<str:code>/merci", following.thank, name="thank"),
    path("suivi/<str:code>/mails", following.mails, name="mails"),
    path("suivi/<str:code>/mails/fin", following.stop_mails, name="stop-mails"),
    path(
        "suivi/<str:code>/photos/<int:rank>/<str:variant>",
        following.photo,
        name="photo",
    ),
    path(
        "agents/signalements/<slug:number>/cote-usager",
        as_reporter.as_reporter,
        name="as-reporter",
    ),
    path("donnees-personnelles", about.personal_data, name="personal-data"),
    path("accessibilite", about.accessibility, name="accessibility"),
    path("zones.geojson", about.zones, name="zones"),
    path("preuve", about.challenge, name="challenge"),
]
