"""Encodings: found out, proven on every byte, or refused."""

import json

import pytest

from audit.errors import SourceError
from audit.sources.base import Given
from audit.sources.csv import DelimitedText


def same_codec(one: str, other: str) -> bool:
    import codecs

    return codecs.lookup(one).name == codecs.lookup(other).name


def test_all_charset_samples_decode_as_expected(shared, tmp_path):
    folder = shared("charset_samples/expected_encoding.json").parent
    expected = json.loads((folder / "expected_encoding.json").read_text())
    assert len(expected) == 18
    for name, encoding in expected.items():
        source = DelimitedText(Given(path=folder / name, name=name, scratch=tmp_path))
        found = source.sniff().options["encoding"]
        assert same_codec(str(found), encoding), name


def test_all_charset_samples_load_as_their_text(shared, read):
    folder = shared("charset_samples/expected_encoding.json").parent
    expected = json.loads((folder / "expected_encoding.json").read_text())
    for name, encoding in expected.items():
        found = read(folder / name, delimiter="\x1e", quote="", header=False, all_text=True)
        text = (folder / name).read_bytes().decode(encoding).removeprefix("\ufeff")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert [r[0] for r in found.rows] == [line for line in lines if line], name
        assert found.report.adds_up


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_unicode_is_recognised_with_and_without_mark(read, encoding):
    found = read("name;year\nJosé;1\nZoë, 漢;2\n".encode(encoding))
    assert found.rows == [("José", 1), ("Zoë, 漢", 2)]
    assert found.table.schema.names == ["name", "year"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "name,n\nJosé,1\nÅsa,2\nAnna,3\n"),
        ("cp1252", "nom,n\n" + "Élodie Brûlé,1\nFrançois à Évreux,2\nNoël où,3\n" * 4),
        ("cp1252", "apellido,n\n" + "Muñoz,1\nNúñez en Málaga,2\nPérez,3\n" * 4),
        ("cp1252", "cidade,n\n" + "São João,1\nGoiânia,2\nConceição,3\n" * 4),
        ("cp1252", "ort,n\n" + "Malmö,1\nÖrebro,2\nÅsele,3\n" * 4),
        ("cp1252", "name,n\n" + "Muñoz,1\nFrançois,2\nJürgen,3\nSøren,4\nJoão,5\n" * 4),
        ("cp1250", "miasto,n\n" + "Łódź,1\nGdańsk,2\nŚwięta,3\n" * 4),
        ("cp1250", "město,n\n" + "Děčín,1\nPlzeň,2\nŽďár,3\nTřebíč,4\n" * 4),
        ("cp1250", "város,n\n" + "Győr,1\nPécs,2\nSzűcs,3\n" * 4),
        ("iso8859_2", "město,n\n" + "Šumperk,1\nPlzeň,2\nŽďár,3\nTřebíč,4\n" * 4),
        ("cp1254", "il,n\n" + "Çorum,1\nŞanl\u0131urfa,2\nİstanbul,3\n" * 4),
        ("cp1257", "miestas,n\n" + "Šiauliai,1\nPanevėžys,2\nKlaipėda,3\n" * 4),
        ("mac_roman", "nom,n\n" + "élève,1\nBesançon,2\nhôtel,3\n" * 4),
        ("shift_jis", "名前,年\n山田太郎,20\n鈴木花子,30\n佐藤次郎,40\n"),
        ("cp1251", "имя,лет\n" + "Наталья Фёдорова,20\nЮлия Яблочкина,30\n" * 5),
        ("gb18030", "姓名,年龄\n" + "王小明住在北京,20\n李大伟在上海工作,30\n" * 5),
    ],
)
def test_older_encodings_are_transcoded_and_said(read, encoding, text):
    found = read(text.encode(encoding))
    names, *rows = [line.split(",") for line in text.splitlines()]
    assert found.table.schema.names == names
    assert found.rows == [(a, int(b)) for a, b in rows]
    assert any("UTF-8" in note for note in found.report.notes)


def test_a_byte_that_is_no_utf_8_far_behind_the_sample_changes_the_encoding(read):
    text = "name,n\n" + "Anna,1\n" * 400_000 + "José,2\n"
    found = read(text.encode("cp1252"))
    assert found.rows[-1] == ("José", 2)
    assert found.options["encoding"] == "cp1252"
    assert found.counts == (400_001, 400_001, 0, 0)


@pytest.mark.parametrize("wrong", ["utf-8", "utf-16", "ascii"])
def test_a_wrong_encoding_that_the_user_chose_is_an_error(read, wrong):
    with pytest.raises(SourceError, match=r"is not .* text|no line ends"):
        read("a,b\nJosé,1\n2,3\n4,5\n".encode("cp1252"), encoding=wrong)


def test_latin_text_read_as_utf_16_is_never_an_empty_table(read):
    text = "a,b\n" + "Jo,1\n" * 400
    with pytest.raises(SourceError, match="no line ends"):
        read(text.encode("latin-1"), encoding="utf-16-le")


def test_an_unknown_encoding_is_named(read):
    with pytest.raises(SourceError, match="There is no encoding 'klingon'"):
        read("a,b\n1,2\n", encoding="klingon")
