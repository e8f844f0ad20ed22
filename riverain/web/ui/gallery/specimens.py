# ruff: noqa: E501 - an example of markup is one line, as it is written in a template
"""The examples: for each component, its states, as one writes them in a template."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Specimen:
    """A state, and the words of a template that draw it."""

    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Component:
    """What /ui/ shows of one tag."""

    name: str
    specimens: tuple[Specimen, ...]


def _of(name: str, **states: str) -> Component:
    """A component and its states; an underscore in a state's name is a space."""
    return Component(
        name,
        tuple(Specimen(state.replace("_", " "), source) for state, source in states.items()),
    )


ACTIONS: Final = (
    _of(
        "button",
        main='{% button label="Envoyer" %}',
        quiet='{% button label="Annuler" kind="quiet" type="button" %}',
        danger='{% button label="Supprimer" kind="danger" %}',
        plain='{% button label="Plus tard" kind="plain" %}',
        sizes='{% button label="Photo" icon="camera" size="tall" %} {% button label="Petit" size="slim" key="P" %}',
        wide='{% button label="Continuer" wide=True %}',
        waiting='<form data-once class="line">{% button label="Envoyer" %}</form>',
        long_words='{% button label=sentence kind="quiet" %}',
        German_words="{% button label=long %}",
    ),
    _of(
        "link_button",
        main='{% link_button href="#" label="Signaler un problème" icon="camera" %}',
        quiet='{% link_button href="#" label="Retour" kind="quiet" icon="back" %}',
        key='{% link_button href="#" label="Saisir" icon="plus" size="slim" key="N" %}',
    ),
    _of(
        "tile",
        grid='<ul class="tiles"><li>{% tile href="#" label="Propreté et tags" icon="bin" %}</li><li>{% tile href="#" label="Éclairage public" icon="lamp" %}</li><li>{% tile href="#" label=long icon="tree" %}</li></ul>',
        rows='<ul class="tiles rows"><li>{% tile href="#" label="Sac plein, pas de sac" hint="Sous 24 h" icon="bin" %}</li><li>{% tile href="#" label="Seringues, débris de verre" %}</li></ul>',
    ),
)
FORMS: Final = (
    _of(
        "field",
        empty="{% field empty_form.address %}",
        filled="{% field filled_form.address %}",
        error="{% field wrong_form.address %}",
        disabled="{% field closed_form.number %}{% field closed_form.severity %}",
        text="{% field empty_form.text count=True %}",
        list="{% field empty_form.moment %}",
        radios="{% field filled_form.severity hints=hints %}",
        tiles="{% field empty_form.family columns=2 icons=icons %}",
        boxes="{% field filled_form.seen %}",
        box="{% field filled_form.consent %}",
        long_words="{% field long_form.name %}{% field long_form.kind %}",
    ),
    _of(
        "address_field",
        empty="{{ place_form.latitude }}{{ place_form.longitude }}{% address_field place_form.address latitude=place_form.latitude longitude=place_form.longitude url=areas %}",
    ),
    _of("error_summary", errors="{% error_summary form=wrong_form %}"),
    _of(
        "photo_input",
        empty='{% photo_input empty_form.photos hint="4 au plus. Évitez les visages et les plaques." %}',
    ),
    _of(
        "progress",
        first='{% progress step=1 of=4 label="Ce que vous voyez" %}',
        last='{% progress step=4 of=4 label="Vérifier et envoyer" %}',
    ),
)
BOXES: Final = (
    _of(
        "notice",
        info='{% notice title="Bon à savoir" %}<p>Le marché a lieu le dimanche.</p>{% endnotice %}',
        done='{% notice kind="done" live=True %}<p>C’est envoyé.</p>{% endnotice %}',
        warn='{% notice kind="warn" title="Attention" %}<p>Ne touchez pas la seringue : <a href="#">que faire ?</a></p>{% endnotice %}',
        danger='{% notice kind="danger" title="Un danger immédiat ?" %}<ul class="calls"><li>{% link_button href="tel:17" label="17, police" kind="quiet" size="slim" icon="phone" %}</li></ul>{% endnotice %}',
        long_words="{% notice %}<p>{{ sentence }} {{ long }}</p>{% endnotice %}",
    ),
    _of(
        "card",
        plain='{% card title="Votre interlocuteur" %}<p>Direction de la propreté publique</p>{% endcard %}',
        raised='{% card title="Que faire ?" raised=True %}{% button label="Prendre en charge" key="P" %}{% endcard %}',
        long_words="{% card title=long %}<p>{{ sentence }}</p>{% endcard %}",
    ),
    _of(
        "chip",
        kinds='<div class="line">{% chip "Reçu" %}{% chip "en retard" kind="late" icon="clock" %}{% chip "bientôt" kind="soon" %}{% chip "tenu" kind="done" icon="check" %}{% chip "en attente" kind="wait" icon="pause" %}{% chip "clos" kind="plain" %}</div>',
        long_words="{% chip long %}",
    ),
    _of(
        "timeline",
        all_states='{% timeline label="Étapes" %}{% step title="Votre avis" state="next" %}{% endstep %}{% step title="Terminé" at=yesterday state="now" %}<p>Sac remplacé, abords balayés.</p>{% endstep %}{% step title="Reçu" at=before %}<p>Transmis à la Propreté publique</p>{% endstep %}{% endtimeline %}',
    ),
    _of(
        "facts",
        some='{% facts %}{% fact term="Où" %}8 rue Jean-Macé, Vieux-Lille{% endfact %}{% fact term="Confié à" %}Propreté publique{% endfact %}{% endfacts %}',
    ),
    _of(
        "photo",
        alone='{% photo src=picture alt="Tag sur une façade" caption="1 sur 2, visages floutés" href="#" %}',
        pair='{% photo_pair %}{% photo src=picture alt="Poubelle pleine" caption="Avant, votre photo" %}{% photo alt="Pas encore de photo après l’intervention" %}{% endphoto_pair %}',
    ),
)
STATES: Final = (
    _of(
        "empty",
        nothing='{% empty title="Tout est traité." %}<p>Les nouvelles demandes arrivent ici.</p>{% link_button href="#" label="Voir les demandes en attente" kind="quiet" %}{% endempty %}',
    ),
    _of(
        "pagination",
        middle="{% pagination page=page %}",
    ),
)
TIMES: Final = (
    _of(
        "when",
        near="{% when yesterday %}",
        far="{% when old %}",
        head="{% when before capital=True %}",
    ),
    _of("exactly", instant="{% exactly yesterday %}"),
    _of(
        "deadline",
        urgencies='<div class="line">{% deadline late %}{% deadline soon %}{% deadline calm %}</div>',
    ),
)
GROUPS: Final = (
    ("Agir", ACTIONS),
    ("Formulaires", FORMS),
    ("Contenus", BOXES),
    ("Rien, bientôt, la suite", STATES),
    ("Le temps", TIMES),
)
