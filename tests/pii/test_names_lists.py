"""Lists of names and places, and what they say about words that are ordinary as well."""

import subprocess
import sys

import pytest

from audit.pii.names.dictionary import is_word
from audit.pii.names.people import first_names, last_names, plain
from audit.pii.names.places import known_places, places
from audit.pii.names.words import known, ordinary, words_of


@pytest.mark.parametrize("name", ["maria", "jürgen", "jurgen", "ольга", "siobhan", "keijo"])
def test_first_names_of_many_countries_are_known(name: str) -> None:
    assert name in first_names()


@pytest.mark.parametrize("name", ["garcía", "garcia", "nguyen", "nowak", "müller", "andersson"])
def test_last_names_are_known_with_accents_and_without(name: str) -> None:
    assert name in last_names()


def test_a_name_without_its_accents_that_is_a_word_is_only_the_word() -> None:
    assert "bašić" in last_names()
    assert not known("basic").last or known("basic").common


@pytest.mark.parametrize("word", ["will", "may", "reading", "nice", "sellers", "the", "monday"])
def test_names_that_are_ordinary_words_are_marked_so(word: str) -> None:
    assert known(word).common


@pytest.mark.parametrize("name", ["emily", "johnson", "mohammed", "li"])
def test_names_that_are_no_words_are_not(name: str) -> None:
    about = known(name)
    assert about.first or about.last
    assert not about.common or name == "li"


def test_a_hyphenated_name_is_known_by_its_parts() -> None:
    assert known("jean-luc").first
    assert known("smith-jones").last
    assert not known("self-service").first


@pytest.mark.parametrize("place", ["paris", "new york", "united states", "cameroon", "texas"])
def test_countries_states_and_large_cities_are_known(place: str) -> None:
    assert place in known_places()
    assert place in places()[place.split(" ", maxsplit=1)[0]]


def test_longer_names_of_places_come_first() -> None:
    lengths = [len(name) for name in places()["new"]]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("word", ["nice", "reading", "mobile", "of"])
def test_a_city_that_is_an_ordinary_word_is_not_well_known(word: str) -> None:
    assert word not in known_places()


@pytest.mark.parametrize("word", ["mouse", "wireless", "stopped", "berries", "running"])
def test_words_of_the_dictionary_and_their_forms_are_known(word: str) -> None:
    assert is_word(word)


def test_a_name_is_no_ordinary_word_though_the_dictionary_has_it() -> None:
    mouse, mary = words_of("Mouse Mary")
    assert ordinary(mouse)
    assert not ordinary(mary)


def test_accents_go_and_other_scripts_stay() -> None:
    assert plain("Cantú") == "Cantu"
    assert plain("Ольга") == "Ольга"


def test_the_lists_need_neither_spacy_nor_presidio() -> None:
    code = (
        "import sys; from audit.pii.names.words import known; known('jane');"
        "print(sorted({'spacy', 'presidio_analyzer', 'thinc'} & set(sys.modules)))"
    )
    # The package imports its scanner, which loads the model when it is first asked.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
