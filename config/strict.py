"""YAML read strictly: every mistake is one sentence with file, line and remedy, all at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

PROJECT = Path(__file__).parent.parent
CONFIG = PROJECT / "config"


class Strict(BaseModel):
    """A model that refuses keys it does not know, so that a typing error never passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Strict):
    """The whole of one YAML file, which remembers its lines: later mistakes can name theirs."""

    _path: Path = PrivateAttr()
    _tree: CommentedMap = PrivateAttr()

    @property
    def path(self) -> Path:
        """The file this was read from."""
        return self._path

    def place(self, *location: str | int) -> str:
        """“file:line” of something in the file, named by the keys and indices that lead to it."""
        return f"{shown(self._path)}:{line_of(self._tree, location)}"


class Mistake(Exception):
    """What is wrong with the configuration, one sentence a mistake, each with its place.

    Args:
        sentences: each "file:line: what is wrong; what to do".
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


Model = TypeVar("Model", bound=File)


def load(path: Path, model: type[Model]) -> Model:
    """Read one YAML file into its model.

    Args:
        path: the file.
        model: what the file must hold.

    Returns:
        The model, validated.

    Raises:
        Mistake: the file is missing, is not YAML, or does not fit the model; all mistakes at once.
    """
    tree = read(path)
    try:
        loaded = model.model_validate(tree)
    except ValidationError as error:
        details = error.errors()
        raise Mistake([_sentence(path, tree, detail, model) for detail in details]) from None
    loaded._path, loaded._tree = path, tree
    return loaded


def read(path: Path) -> CommentedMap:
    """Read a YAML file whose top is a mapping, keeping line numbers.

    Raises:
        Mistake: the file is missing, is not YAML, or its top is not a mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Mistake([f"{shown(path)}: cannot be read ({error.strerror}); create it"]) from None
    except UnicodeDecodeError:
        raise Mistake([f"{shown(path)}: is not UTF-8; save it as UTF-8"]) from None
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Mistake(
            [f"{shown(path)}:{line}: not valid YAML ({error.problem}); mend this line"]
        ) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Mistake(
            [f"{shown(path)}:{line}: not valid YAML ({error.reason}); mend this line"]
        ) from None
    if not isinstance(tree, CommentedMap):
        raise Mistake([f"{shown(path)}:1: holds no mapping; begin with a key and a colon"])
    return tree


def line_of(tree: object, location: Sequence[str | int]) -> int:
    """The line (from 1) on which a place in a YAML tree stands; the nearest known one above it."""
    line = 1
    for key in location:
        if isinstance(tree, CommentedMap) and key in tree:
            line = tree.lc.key(key)[0] + 1
            tree = tree[key]
        elif isinstance(tree, CommentedSeq) and isinstance(key, int) and key < len(tree):
            line = tree.lc.item(key)[0] + 1
            tree = tree[key]
        elif isinstance(tree, CommentedBase):
            continue  # a union's or validator's own label inside pydantic's location
    return line


def closest(word: str, known: Iterable[str]) -> str:
    """The remedy for a word that is not known: the one that was probably meant, or all there are."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"did you mean “{close[0]}”?" if close else f"known: {', '.join(names)}"


def shown(path: Path) -> str:
    """A path as people are told it: from the project's folder where it lies in there."""
    root = CONFIG.parent
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _sentence(path: Path, tree: CommentedMap, detail: ErrorDetails, model: type[Strict]) -> str:
    location = detail["loc"]
    place = f"{shown(path)}:{line_of(tree, location)}"
    dotted = ".".join(str(part) for part in location)
    if detail["type"] == "extra_forbidden":
        remedy = closest(str(location[-1]), _keys_at(model, location[:-1]))
        return f"{place}: unknown key “{dotted}”; {remedy}"
    if detail["type"] == "missing":
        return f"{place}: “{dotted}” is missing; add it"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{place}: “{dotted}”: {message}"


def _keys_at(model: type[BaseModel], location: Sequence[str | int]) -> set[str]:
    """The keys that a model knows at a place, for the remedy of an unknown one."""
    models: list[type[BaseModel]] = [model]
    for key in location:
        fields = [m.model_fields[str(key)] for m in models if str(key) in m.model_fields]
        if fields:
            models = [found for field in fields for found in _models_in(field.annotation)]
    return {field.alias or name for m in models for name, field in m.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
