"""The residents' first pages, and the way of a report up to its sending."""

import re
from dataclasses import replace
from typing import Final

from playwright.sync_api import Page, expect

from riverain.site.demo.scenes import draw
from tests.browser import until
from tests.whole.states import Look, Stage, State, at

FORM: Final = "/signaler/type/sac-plein"
# A type with questions that need an answer.
ASKING: Final = "/signaler/type/poubelle-non-ramassee"
STREET: Final = "rue des Postes"
A_PHOTO: Final = {
    "name": "IMG_0001.jpg",
    "mimeType": "image/jpeg",
    "buffer": draw("corbeille", 1, after=False),
}
NO_PHOTO: Final = {"name": "devis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
# Whether the phone holds the form that was begun.
DRAFT: Final = """async () => {
  const { get } = await import("riverain/store");
  return Boolean(await get("drafts", "signaler-sac-plein"));
}"""
NARROW: Final = (Look(width=320), Look(width=320, dark=True))
FORCED: Final = (Look(width=390, forced=True), Look(width=1280, forced=True))


def form(stage: Stage, path: str = FORM) -> Page:
    page = stage.open(path)
    page.locator("form.live").wait_for()
    return page


def onward(page: Page) -> None:
    page.locator("[data-onward]").click()


def details(stage: Stage, path: str = FORM) -> Page:
    page = form(stage, path)
    page.locator("#id_address").fill("12 rue des Postes")
    page.keyboard.press("Escape")
    onward(page)
    return page


def last(stage: Stage) -> Page:
    page = details(stage)
    page.set_input_files("input[name=photos]", A_PHOTO)
    page.locator(".picked").wait_for()
    page.locator("#id_description").fill("La corbeille déborde devant l’école.")
    onward(page)
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_visible()
    return page


def _words_typed(stage: Stage) -> None:
    page = stage.open("/")
    page.locator("form.words.live").wait_for()
    page.locator("#q").press_sequentially("poubelle pleine")
    expect(page.locator("#found .tile").first).to_be_visible()


def _photo_first(stage: Stage) -> None:
    page = stage.open("/signaler")
    page.locator(".first-photo.live").wait_for()
    page.set_input_files("#first-photo", A_PHOTO)
    expect(page.get_by_text("Votre photo est gardée.")).to_be_visible()


def _photo_sent(stage: Stage) -> None:
    page = stage.open("/signaler")
    page.set_input_files("#first-photo", A_PHOTO)
    page.get_by_role("button", name="Continuer avec cette photo").click()
    expect(page.locator(".kept-photo p")).to_have_text(
        "Votre photo est gardée. De quoi s’agit-il ?", use_inner_text=True
    )


def _no_photo_sent(stage: Stage) -> None:
    page = stage.open("/signaler")
    page.set_input_files("#first-photo", NO_PHOTO)
    page.get_by_role("button", name="Continuer avec cette photo").click()
    expect(page.get_by_text("« devis.pdf »")).to_be_visible()


def _place(stage: Stage) -> None:
    page = form(stage)
    page.locator(".map .leaflet-container, .map.leaflet-container").first.wait_for()


def _place_found(stage: Stage) -> None:
    page = form(stage)
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.locator("#id_address")).to_have_value(re.compile("Iéna"))


def _place_refused(stage: Stage) -> None:
    stage.page.context.clear_permissions()
    page = form(stage)
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.get_by_text("ne donne pas sa position").first).to_be_visible()


def _place_outside(stage: Stage) -> None:
    stage.page.context.set_geolocation({"longitude": 3.18, "latitude": 50.69})
    page = form(stage)
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.get_by_text("Cet endroit est hors du territoire")).to_be_visible()


def _place_unsaid(stage: Stage) -> None:
    page = form(stage)
    onward(page)
    expect(page.get_by_text("Indiquez un lieu").first).to_be_visible()


def _addresses_offered(stage: Stage) -> None:
    page = form(stage)
    page.locator("#id_address").press_sequentially(STREET)
    expect(page.get_by_role("option", name=STREET)).to_be_visible()


def _number_asked(stage: Stage) -> None:
    page = form(stage)
    page.locator("#id_address").press_sequentially(STREET)
    page.get_by_role("option", name=STREET).click()
    expect(page.get_by_text("À quel numéro").first).to_be_visible()


def _map_broken(stage: Stage) -> None:
    stage.page.route("**/leaflet*.js", lambda route: route.abort())
    page = form(stage)
    expect(page.get_by_text("La carte ne s’affiche pas.")).to_be_visible()
    # Where one is needs no map to be told.
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.locator("#id_address")).to_have_value(re.compile("Iéna"))


def _details(stage: Stage) -> None:
    page = details(stage, ASKING)
    page.set_input_files("input[name=photos]", A_PHOTO)
    page.locator(".picked").wait_for()


def _details_wrong(stage: Stage) -> None:
    page = details(stage, ASKING)
    onward(page)
    for said in ("Dites en quelques mots", "Cette réponse est nécessaire."):
        expect(page.locator(".error", has_text=said)).to_be_visible()


def _photo_refused(stage: Stage) -> None:
    page = details(stage)
    page.set_input_files("input[name=photos]", NO_PHOTO)
    expect(page.get_by_text("n’est pas une image").first).to_be_visible()


def _refused(stage: Stage) -> None:
    page = last(stage)
    page.get_by_label("Téléphone").fill("12")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("ne semble pas complet").first).to_be_visible()


def _sending(stage: Stage) -> None:
    page = last(stage)
    # Nobody answers while the page is looked at.
    page.evaluate("() => { XMLHttpRequest.prototype.send = () => {}; }")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Envoi en cours…")).to_be_visible()


def _away(stage: Stage) -> Page:
    page = last(stage)
    page.route(
        lambda url: url.endswith(FORM),
        lambda route: (
            route.fulfill(status=503) if route.request.method == "POST" else route.continue_()
        ),
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", name="Gardé sur votre appareil")).to_be_visible()
    return page


def _back_again(stage: Stage) -> None:
    page = _away(stage)
    page.unroute_all()
    page.goto("/")
    expect(page.get_by_role("heading", name="Votre demande est partie")).to_be_visible(
        timeout=30_000
    )


def _sent(stage: Stage, *, email: str = "") -> None:
    page = last(stage)
    if email:
        page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/suivi/**")


def _sent_with_mail(stage: Stage) -> None:
    _sent(stage, email="camille.roy@demo.example")


def _begun(stage: Stage) -> None:
    """In a tab that was closed; this one is another."""
    earlier = replace(stage, page=stage.page.context.new_page())
    details(earlier)
    earlier.page.locator("#id_description").fill("La corbeille déborde.")
    onward(earlier.page)
    until(earlier.page, DRAFT, wanted=True)
    earlier.page.close()
    page = form(stage)
    expect(page.get_by_role("heading", name="Vous aviez commencé")).to_be_visible()


def _checked(stage: Stage) -> None:
    """Without JavaScript the server shows what was said before it is sent."""
    page = stage.open(FORM)
    page.locator("#id_address").fill("2 rue des Postes")
    page.set_input_files("input[name=photos]", A_PHOTO)
    page.locator("#id_description").fill("La corbeille déborde devant l’école.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Vérifiez, puis envoyez")).to_be_visible()


def _several_places(stage: Stage) -> None:
    page = stage.open(FORM)
    page.locator("#id_address").fill("13 rue du faubourg")
    page.locator("#id_description").fill("La corbeille déborde devant l’école.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("group", name="Vouliez-vous dire…")).to_be_visible()


def _wrong_without_script(stage: Stage) -> None:
    page = stage.open(ASKING)
    page.locator("#id_email").fill("camille")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_be_visible()


STATES: Final = (
    State(name="accueil", shows="portal:home", drive=at("/")),
    State(name="accueil-320", shows="portal:home", drive=at("/"), looks=NARROW),
    State(name="accueil-couleurs-forcees", shows="portal:home", drive=at("/"), looks=FORCED),
    State(name="accueil-mots", shows="portal:home", drive=_words_typed),
    State(name="accueil-sans-script", shows="portal:home", drive=at("/"), script=False),
    State(name="accueil-anglais", shows="portal:home", drive=at("/"), language="en"),
    State(name="accueil-hellemmes", shows="portal:home", drive=at("/c/hellemmes/")),
    State(name="accueil-paris", shows="portal:home", drive=at("/c/paris/")),
    State(name="accueil-lomme", shows="portal:home", drive=at("/c/lomme/")),
    State(name="ville-inconnue", answers=404, drive=at("/c/nulle-part/")),
    State(name="signaler", shows="portal:choose", drive=at("/signaler")),
    State(name="signaler-mots", shows="portal:choose", drive=at("/signaler?q=poubelle+pleine")),
    State(name="signaler-rien", shows="portal:choose", drive=at("/signaler?q=girafe")),
    State(name="signaler-photo", shows="portal:choose", drive=_photo_first),
    State(name="signaler-photo-envoyee", shows="portal:choose", drive=_photo_sent, script=False),
    State(
        name="signaler-photo-refusee",
        answers=422,
        shows="portal:choose",
        drive=_no_photo_sent,
        script=False,
    ),
    State(name="famille", shows="portal:choose-type", drive=at("/signaler/proprete-tags")),
    State(
        name="famille-voirie",
        shows="portal:choose-type",
        drive=at("/signaler/voirie-assainissement"),
    ),
    State(name="suggerer", shows="portal:suggest", drive=at("/suggerer")),
    State(name="feliciter", shows="portal:praise", drive=at("/feliciter")),
    State(name="suggestion", shows="portal:report", drive=at("/signaler/type/suggestion-voirie")),
    State(name="danger", shows="portal:report", drive=at("/signaler/type/seringues-debris")),
    State(name="impasse", shows="portal:report", drive=at("/signaler/type/fuite-eau")),
    State(name="lieu", shows="portal:report", drive=_place),
    State(name="lieu-320", shows="portal:report", drive=_place, looks=NARROW),
    State(name="lieu-couleurs-forcees", shows="portal:report", drive=_place, looks=FORCED),
    State(name="lieu-anglais", shows="portal:report", drive=_place, language="en"),
    State(name="lieu-trouve", shows="portal:report", drive=_place_found),
    State(name="lieu-refuse", shows="portal:report", drive=_place_refused),
    State(name="lieu-dehors", shows="portal:report", drive=_place_outside),
    State(name="lieu-oublie", shows="portal:report", drive=_place_unsaid),
    State(name="lieu-adresses", shows="portal:report", drive=_addresses_offered),
    State(name="lieu-numero", shows="portal:report", drive=_number_asked),
    State(name="lieu-sans-carte", shows="portal:report", drive=_map_broken, tells="leaflet"),
    State(name="details", shows="portal:report", drive=_details),
    State(name="details-incomplets", shows="portal:report", drive=_details_wrong),
    State(name="photo-refusee", shows="portal:report", drive=_photo_refused),
    State(name="envoi", shows="portal:report", drive=last),
    State(name="envoi-320", shows="portal:report", drive=last, looks=NARROW),
    State(name="envoi-refuse", shows="portal:report", drive=_refused),
    State(name="envoi-en-cours", shows="portal:report", drive=_sending),
    State(name="envoi-garde", shows="portal:report", drive=_away),
    State(name="envoi-parti", shows="portal:home", drive=_back_again),
    State(name="brouillon", shows="portal:report", drive=_begun),
    State(name="recu", shows="portal:tracking", drive=_sent),
    State(name="recu-mail", shows="portal:tracking", drive=_sent_with_mail),
    State(name="page-entiere", shows="portal:report", drive=at(ASKING), script=False),
    State(
        name="page-entiere-fautes",
        answers=422,
        shows="portal:report",
        drive=_wrong_without_script,
        script=False,
    ),
    State(name="verifier", shows="portal:report", drive=_checked, script=False),
    State(name="verifier-lieux", shows="portal:report", drive=_several_places, script=False),
    State(
        name="donnees-personnelles", shows="portal:personal-data", drive=at("/donnees-personnelles")
    ),
    State(name="accessibilite", shows="portal:accessibility", drive=at("/accessibilite")),
)
