"""Gathers the sentences of the product into riverain/locale, in pure Python.

`bin/messages` rewrites the catalogues: English keeps the translations that stand and gains the new
sentences empty; French, the language of the source, holds only the plurals, because 0 and 1 are
singular in French and the sentences themselves do not say so. `bin/messages --check` writes
nothing, and fails when a catalogue is not as it would be written or a sentence has no English.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

_KEYWORDS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (("c", 0), 1),
    "pgettext_lazy": (("c", 0), 1),
    "npgettext": (("c", 0), 1, 2),
    "npgettext_lazy": (("c", 0), 1, 2),
}
_PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}


class Sentence(NamedTuple):
    """What a person will read; `plural` and `context` are empty where there is none."""

    singular: str
    plural: str
    context: str
    file: str


def gather(root: Path) -> list[Sentence]:
    """Every sentence of the code and the templates, in the order of the files."""
    package = root / "riverain"
    found: list[Sentence] = []
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        name = path.relative_to(root).as_posix()
        if "/node_modules/" in name or "/static/" in name:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is left of a template reads as Python only when no line is indented.
            blank = templatize(source, origin=name)
            source = "\n".join(line.lstrip() for line in blank.splitlines())
        found.extend(_sentences(source, name))
    return found


def _sentences(source: str, file: str) -> Iterator[Sentence]:
    stream = BytesIO(source.encode())
    calls: Iterator[tuple[int, str, Any, list[str]]] = extract_python(stream, _KEYWORDS, (), {})  # type: ignore[assignment]  # its stub knows no call without a name
    for _line, call, said, _comments in calls:
        parts = [said] if isinstance(said, str) else [part for part in said or () if part]
        context = parts.pop(0) if "pgettext" in call and parts else ""
        # A call on a variable has nothing to translate here.
        if parts:
            plural = parts[1] if call.startswith("n") and parts[1:] else ""
            yield Sentence(parts[0], plural, context, file)


def catalogue(root: Path, locale: str) -> Catalog:
    """The catalogue of `locale` as it should be written: what stands, and what is new."""
    path = root / "riverain" / "locale" / locale / "LC_MESSAGES" / "django.po"
    standing = Catalog(locale=locale)
    if path.exists():
        with path.open("rb") as text:
            standing = read_po(text, locale=locale, abort_invalid=True)
    fresh = Catalog(locale=locale, project="Riverain", charset="utf-8", fuzzy=False)
    for sentence in gather(root):
        if locale == "fr" and not sentence.plural:
            continue
        key = (sentence.singular, sentence.plural) if sentence.plural else sentence.singular
        context = sentence.context or None
        kept = standing.get(key, context=context)
        if locale == "fr":
            said: Any = (sentence.singular, sentence.plural)
        else:
            said = kept.string if kept else ("", "") if sentence.plural else ""
        fresh.add(key, said, context=context, locations=[(sentence.file, 0)])
    return fresh


def written(found: Catalog, locale: str) -> bytes:
    """The file, without dates or line numbers: it changes only when a sentence does."""
    stream = BytesIO()
    write_po(stream, found, width=100, omit_header=True, sort_output=True, include_lineno=False)
    header = (
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {_PLURAL_FORMS[locale]}\\n"\n\n'
    )
    return header.encode() + stream.getvalue()


def untranslated(found: Catalog) -> list[str]:
    """The sentences that an English reader would see in French."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in found
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main(root: Path, *, check: bool) -> int:
    stale: list[str] = []
    for locale in _PLURAL_FORMS:
        found = catalogue(root, locale)
        path = root / "riverain" / "locale" / locale / "LC_MESSAGES" / "django.po"
        content = written(found, locale)
        if not path.exists() or path.read_bytes() != content:
            stale.append(str(path.relative_to(root)))
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    missing = untranslated(catalogue(root, "en"))
    for sentence in missing:
        print(f"without English: {sentence}")  # noqa: T201 - a command's answer
    if check and stale:
        print(f"not up to date: {', '.join(stale)}. Run bin/messages.")  # noqa: T201 - as above
    print(f"{len(gather(root))} sentences, {len(missing)} without English")  # noqa: T201 - as above
    return 1 if missing or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[3], check="--check" in sys.argv[1:]))
