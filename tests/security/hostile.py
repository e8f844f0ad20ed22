"""What nobody would send but to break something: texts, headers, and the fields to put them in."""

EVIL = (
    "",
    " ",
    "\0",
    "a\0b",
    "'",
    "\\",
    "%",
    "%00",
    "%s%n%x",
    "' OR 1=1 --",
    '"; DROP TABLE reports_report; --',
    "\\'; SELECT pg_sleep(9) --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "${7*7}#{7*7}",
    "../../../etc/passwd",
    "..\\..\\secret",
    "//evil.example/",
    "https://evil.example",
    "javascript:alert(1)",
    "http://[",
    "\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "-1",
    "0",
    "1.5",
    "9" * 18,
    "9223372036854775807",
    "9223372036854775808",
    "9" * 400,
    "9" * 5_000,
    "1e309",
    "-1e309",
    "NaN",
    "Infinity",
    "0x10",
    "٣",  # a digit to str.isdecimal, and to int
    "1_000",
    "True",
    "null",
    "[]",
    '{"a":' * 50,
    "\u202etxt.exe",
    "\u200b\u200b",
    "\u2028",
    "e\u0301" * 50,
    "\u0301" * 500 + "\u0323" * 500,
    "\U0001f600" * 20,
    "ﬀﬀﬀﬀ",
    "\ud800",
    "a" * 4_001,
    " " * 4_000 + "!",
    "&" * 500,
    "9999-12-31",
    "0000-00-00",
    "31/02/2026",
    "a@b@c",
    "a@" + "b." * 200 + "fr",
    "00000000-0000-0000-0000-000000000000",
    "=1+1",
    "*:*",
    '"',
    "a & | ! <-> b:*",
    "-" * 60,
    "a or " + "- " * 60 + '"b',
)


def evil(dice):
    """A text that nobody would type."""
    kind = dice.random()
    if kind < 0.6:
        return dice.choice(EVIL)
    if kind < 0.8:
        planes = (0x20, 0x7F), (0, 0x20), (0x80, 0x250), (0x300, 0x370), (0x2000, 0x2070)
        more = (0x600, 0x700), (0xD800, 0xE000), (0xFE00, 0x10000), (0x1F300, 0x1F700)
        return "".join(chr(dice.randrange(*dice.choice(planes + more))) for _ in range(20))
    return str(dice.choice((dice.randint(-(2**70), 2**70), dice.uniform(-1e20, 1e20))))


HEADERS = (
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "origin",
    "range",
    "referer",
    "sec-ch-ua-mobile",
    "sec-fetch-dest",
    "sec-fetch-site",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-http-method-override",
    "x-requested-with",
)
# What the forms and the addresses read, by the address; anything else may come too.
FIELDS = {
    "langue": "language next",
    "": "q vue recu",
    "signaler": "q jeton lon lat pris",
    "signaler/mots.json": "q jeton lon lat pris",
    "adresses": "q ville",
    "plan/ici": "lon lat",
    "signaler/type/<slug:code>": "submission address lon lat description q-nature q-quoi q-genes"
    " q-passage q-combien email phone name kept proof vu lieu etape jeton pris q",
    "photos-en-attente": "jeton",
    "suivi": "code",
    "suivi/<str:code>": "recu dit",
    "suivi/<str:code>/message": "text kept",
    "suivi/<str:code>/pas-regle": "claim text",
    "suivi/<str:code>/merci": "text",
    "suivi/<str:code>/mails": "email",
    "agents/connexion/": "login password next",
    "agents/connexion/code/": "email next",
    "agents/connexion/code/saisie/": "code next",
    "agents/connexion/mot-de-passe/": "email",
    "agents/connexion/mot-de-passe/code/": "code",
    "agents/connexion/mot-de-passe/nouveau/": "password1 password2",
    "agents/connexion/comptes/": "email password1",
    "agents/": "q statut ville famille type service partenaire quartier secteur canal retard"
    " vue page affichage filtrer",
    "agents/carte/reperes.json": "ouest sud est nord zoom vue q",
    "agents/carte/liste": "ouest sud est nord vue q",
    "agents/saisir": "ville canal q",
    "agents/saisir/<slug:town>/<slug:code>": "submission channel address longitude latitude"
    " coordinates description name email phone language q-nature q-quoi q-combien kept type"
    " choisir proposer",
    "agents/signalements/<slug:number>/<slug:code>": "seq text note reason resume_on planned_for"
    " outcome partner service priority type latitude longitude coordinates address scope confirmed"
    " kept voir",
}
