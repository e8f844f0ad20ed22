import pytest

from riverain.core.typography import french


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Où est-ce ?", "Où est-ce~?"),
        ("Attention!", "Attention~!"),
        ("Vraiment ?!", "Vraiment~?!"),
        ("Horaires : 9 h", "Horaires~: 9~h"),
        ("Tag: façade", "Tag~: façade"),
        ("à 12:30", "à 12:30"),
        ("voir https://lille.example/x?y=1", "voir https://lille.example/x?y=1"),
        ("« Bonjour »", "«~Bonjour~»"),
        ("«Bonjour»", "«~Bonjour~»"),
        ("l'école d'Hellemmes", "l’école d’Hellemmes"),
        ("sous 24 h, à 16 h 40", "sous 24~h, à 16~h~40"),
        ("50 % à 3 km", "50~% à 3~km"),
        ("rien à changer", "rien à changer"),
        ("déjà\u00a0?", "déjà~?"),
    ],
)
def test_administered_words_get_french_spacing(typed, set_):
    assert french(typed).replace("\u00a0", "~") == set_
    assert french(french(typed)) == french(typed)
