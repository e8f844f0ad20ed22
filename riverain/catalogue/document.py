"""Reading YAML that a person wrote: a small tree that knows its lines, and a cursor over it.

PyYAML's events are enough: no object is ever built from a tag, no alias is followed, every scalar
stays the text that was typed (YAML 1.1 would make `on` a boolean and `12:30` a number), and each
refusal can name its line. What makes the whole unreadable is raised at once; everything else is
collected, so that the person who edits the file sees all of it in one go.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import yaml
from django.utils.translation import gettext as _
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from riverain.core.identifiers import slug
from riverain.core.refusals import Invalid
from riverain.core.texts import composed

# The demo catalogue, of some eighty types, is a fourteenth of this.
MAX_BYTES = 1_000_000
# families › types › questions › choices are eight deep
MAX_DEPTH = 12
# three hundred types of a large town are a third of this; reading so many takes two seconds
MAX_NODES = 40_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `path` is as the file's own words name it; line 0 is the whole file."""

    line: int
    path: tuple[str, ...]
    message: str

    def as_dict(self) -> dict[str, object]:
        """For programs."""
        return {"line": self.line, "path": list(self.path), "message": self.message}

    def __str__(self) -> str:
        where = " › ".join(self.path)
        if not self.line:
            return self.message
        line = _("ligne %(line)d") % {"line": self.line}
        return f"{line}, {where} : {self.message}" if where else f"{line} : {self.message}"


class InvalidFile(Invalid):
    """The file cannot be taken in as it is. `problems` are all of them, in the file's order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda one: one.line)
        super().__init__("\n".join(str(one) for one in self.problems), code="invalid-file")


@dataclass(frozen=True, slots=True)
class Scalar:
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    line: int
    items: "list[Node]"


@dataclass(frozen=True, slots=True)
class Fields:
    line: int
    entries: "list[tuple[Scalar, Node]]"


Node = Scalar | Listing | Fields


def parse(content: bytes) -> Node:
    """The tree of a YAML document. Raises InvalidFile for one that is too large or too deep, not
    UTF-8, not YAML, or that uses anchors, aliases, tags or several documents.
    """
    if len(content) > MAX_BYTES:
        raise _whole(
            _("le fichier dépasse %(size)d ko, la taille permise") % {"size": MAX_BYTES // 1000}
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _whole(_("le fichier n’est pas enregistré en UTF-8"), line) from None
    try:
        root = _build(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _whole(
            _("ce n’est pas du YAML : vérifiez le retrait, les deux-points et les guillemets"),
            mark.line + 1 if mark else 0,
        ) from None
    except yaml.YAMLError:
        raise _whole(_("le fichier contient un caractère de contrôle")) from None
    if root is None:
        raise _whole(_("le fichier est vide"))
    return root


def _build(events: Iterator[Event]) -> Node | None:
    """One pass, without recursion: a file made of brackets costs nothing."""
    root: Node | None = None
    open_: list[tuple[Listing | Fields, list[Scalar]]] = []
    count = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, DocumentStartEvent) and root is not None:
            raise _whole(_("le fichier contient plusieurs documents (« --- »)"), line)
        if isinstance(event, CollectionEndEvent):
            open_.pop()
            continue
        if not isinstance(event, NodeEvent):
            continue
        count += 1
        if count > MAX_NODES or len(open_) >= MAX_DEPTH:
            raise _whole(_("le fichier est trop long ou trop imbriqué"), line)
        node = _node(event, line)
        if open_:
            _attach(node, *open_[-1])
        else:
            root = node
        if isinstance(node, Listing | Fields):
            open_.append((node, []))
    return root


def _attach(node: Node, parent: "Listing | Fields", key: list[Scalar]) -> None:
    """Puts a node in its place. In a mapping, `key` holds the key that waits for its value."""
    if isinstance(parent, Listing):
        parent.items.append(node)
    elif key:
        parent.entries.append((key.pop(), node))
    elif isinstance(node, Scalar):
        key.append(node)
    else:
        raise _whole(_("une clé est un simple mot suivi de deux-points"), node.line)


def _node(event: NodeEvent, line: int) -> Node:
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise _whole(_("les ancres (&) et les renvois (*) de YAML ne sont pas admis"), line)
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
        raise _whole(_("les étiquettes (!) de YAML ne sont pas admises"), line)
    if isinstance(event, ScalarEvent):
        return Scalar(line, event.value)
    if isinstance(event, MappingStartEvent):
        return Fields(line, [])
    return Listing(line, [])


def _whole(message: str, line: int = 0) -> InvalidFile:
    return InvalidFile([Problem(line, (), message)])


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the tree, with its path. Reading never raises: it notes a problem and answers
    something harmless, so that the rest of the file is read too.
    """

    node: Node
    path: tuple[str, ...]
    problems: list[Problem]

    @property
    def line(self) -> int:
        return self.node.line

    def problem(self, message: str, *further: str) -> Problem:
        """A problem here, or at a key below that needs no line of its own."""
        return Problem(self.line, (*self.path, *further), message)

    def refuse(self, message: str) -> None:
        self.problems.append(self.problem(message))

    def fields(self, *known: str) -> "dict[str, Cursor]":
        """The entries of a mapping by their names in `known`. Case and accents of a key do not
        count; an unknown or repeated key is refused.
        """
        if not isinstance(self.node, Fields):
            self.refuse(_("une suite de lignes « clé : valeur » est attendue ici"))
            return {}
        names = {slug(name): name for name in known}
        found: dict[str, Cursor] = {}
        for key, value in self.node.entries:
            name = names.get(slug(key.text))
            here = Cursor(value, (*self.path, name or key.text), self.problems)
            if name is None:
                self._refuse_key(
                    key, _("clé inconnue ; les clés possibles sont : %(known)s"), known
                )
            elif name in found:
                self._refuse_key(key, _("la clé est donnée deux fois"))
            else:
                found[name] = here
        return found

    def entries(self) -> "list[tuple[str, Cursor]]":
        """The entries of a mapping whose keys are the file's own codes; a repeated one is
        refused.
        """
        if not isinstance(self.node, Fields):
            self.refuse(_("une suite de lignes « code : texte » est attendue ici"))
            return []
        found: dict[str, Cursor] = {}
        for key, value in self.node.entries:
            if key.text in found:
                self._refuse_key(key, _("la clé est donnée deux fois"))
            else:
                found[key.text] = Cursor(value, (*self.path, key.text), self.problems)
        return list(found.items())

    def items(self, *labels: str) -> "list[Cursor]":
        """The items of a list, each named in its path by the first of `labels` that it has."""
        if not isinstance(self.node, Listing):
            self.refuse(_("une liste (lignes qui commencent par un tiret) est attendue ici"))
            return []
        return [
            Cursor(item, (*self.path, _label(item, labels) or f"n° {number}"), self.problems)
            for number, item in enumerate(self.node.items, start=1)
        ]

    def each(self, *labels: str) -> "list[Cursor]":
        """The items of a list, or the one thing that stands for a list of one."""
        return [self] if isinstance(self.node, Scalar) else self.items(*labels)

    def text(self, longest: int) -> str:
        """A text of one or several lines, trimmed, its Unicode composed. Characters that no page
        could show or no database hold are refused, and those that make a page read otherwise than
        what is stored (marks that turn the direction of reading).
        """
        if not isinstance(self.node, Scalar):
            self.refuse(_("un texte est attendu ici"))
            return ""
        text = composed(self.node.text).strip()
        if any(unicodedata.category(one) in _UNFIT and one not in _KEPT for one in text):
            self.refuse(_("le texte contient un caractère invisible qui n’est pas admis"))
            return ""
        if len(text) > longest:
            self.refuse(
                _("%(length)d caractères, c’est trop : %(longest)d au plus")
                % {"length": len(text), "longest": longest}
            )
            return ""
        return text

    def line_of_text(self, longest: int) -> str:
        """The same on one line; non-breaking spaces stay what they are."""
        return re.sub(r"\s*\n\s*", " ", self.text(longest))

    def one_of(self, names: Mapping[str, T], otherwise: T) -> T:
        """The value that a word of the file stands for; `otherwise` when it stands for none."""
        words = {slug(name): value for name, value in names.items()}
        typed = self.line_of_text(200)
        found = words.get(slug(typed))
        if found is None:
            self.refuse(
                _("« %(typed)s » n’est pas reconnu ; les valeurs possibles sont : %(known)s")
                % {"typed": typed, "known": ", ".join(names)}
            )
            return otherwise
        return found

    def _refuse_key(self, key: Scalar, message: str, known: tuple[str, ...] = ()) -> None:
        self.problems.append(
            Problem(key.line, (*self.path, key.text), message % {"known": ", ".join(known)})
        )


# Unicode's control, format, surrogate, private and line-separating characters.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# The joiner holds emoji together.
_KEPT = frozenset({"\n", "\u200d"})


def _label(node: Node, labels: tuple[str, ...]) -> str:
    """What the path calls an item: one of its own words, or itself when it is a word."""
    if isinstance(node, Scalar):
        return node.text[:40]
    if isinstance(node, Fields):
        for label in labels:
            for key, value in node.entries:
                if slug(key.text) == label and isinstance(value, Scalar) and value.text.strip():
                    return value.text.strip()[:60]
    return ""
