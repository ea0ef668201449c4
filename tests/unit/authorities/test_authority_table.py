"""The authority file is read, checked and frozen."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.authorities.table import (
    ENTITY_COLUMNS,
    NAME_COLUMNS,
    TYPES,
    Authorities,
    read_authorities,
)
from cablegraph.errors import AuthorityError, Faults, lines

ENTITIES = ("person/mao,person,Mao Zedong,Мао Цзэдун,,,", "place/rome,place,Rome,Рим,,,")
NAMES = ("person/mao,Mao Zedong,en,pinyin,,,", "person/mao,Мао Цзэдун,ru,common,,,")


def a_folder(
    folder: Path, entities: tuple[str, ...] = ENTITIES, names: tuple[str, ...] = NAMES
) -> Path:
    """Write an authority file of these rows."""
    for name, columns, rows in (
        ("entities", ENTITY_COLUMNS, entities),
        ("names", NAME_COLUMNS, names),
    ):
        text = "\n".join([",".join(columns), *rows, ""])
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_the_keys_and_labels_of_the_seeds_stand(authorities: Authorities) -> None:
    """Entities that the seeds name keep the keys and labels they are published under."""
    stalin, kaesong = authorities.entity("person/stalin"), authorities.entity("place/kaesong")
    avprf = authorities.entity("archive/avprf")

    assert {"en": "Joseph Stalin", "ru": "Иосиф Сталин"} == stalin.labels
    assert {"en": "Kaesong", "ru": "Кэсон"} == kaesong.labels
    assert ("AVP RF", "rico:CorporateBody") == (avprf.notation, avprf.class_curie)
    assert {"en": "Wilson Center Digital Archive"} == authorities.entity("org/wcda").labels


def test_forms_carry_their_kind(authorities: Authorities) -> None:
    """Each form of a name says what kind of form it is, and a misspelling what it misspells."""
    kinds = {form.form: form.kind for form in authorities.names("person/mao")}
    wrong = next(f for f in authorities.names("person/peng") if f.form == "Peng Dehui")

    assert "period-transcription" == kinds["Мао Цзе-дун"]
    assert "modern-transcription" == kinds["Мао Цзэдун"]
    assert "pinyin" == kinds["Mao Zedong"]
    assert ("misspelling", "peng-dehuai-latn") == (wrong.kind, wrong.correct_key)


def test_entities_are_sorted_and_typed(authorities: Authorities) -> None:
    """Entities stand by key, each of a known type; clerks known by surname only are left out."""
    keys = [entity.key for entity in authorities.entities]

    assert sorted(keys) == keys
    assert set(TYPES) == {entity.type for entity in authorities.entities}
    assert "person/chesnokova" not in authorities
    assert "person/stalin" in authorities


def test_every_entity_can_be_found_by_a_name(authorities: Authorities) -> None:
    """No entity is without a name, save the group that only a pronoun names, and events."""
    named = [e.key for e in authorities.entities if e.type != "event"]
    nameless = [key for key in named if not authorities.names(key)]

    assert ["group/we-moscow"] == nameless


def test_we_of_a_leader_is_the_collective(authorities: Authorities) -> None:
    """The first person plural of a Soviet leader is Moscow; of anybody else it is unknown."""
    assert "group/we-moscow" == authorities.group_of("person/stalin")
    assert authorities.group_of("person/mao") is None


def test_the_version_depends_on_the_rows_alone(tmp_path: Path) -> None:
    """The same rows in another order have the same version; another row has another."""
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    first = read_authorities(a_folder(folders[0]))
    turned = read_authorities(a_folder(folders[1], ENTITIES[::-1], NAMES[::-1]))
    fewer = read_authorities(a_folder(folders[2], names=NAMES[:1]))

    assert first.version == turned.version
    assert first.version != fewer.version


@pytest.mark.parametrize(
    ("entities", "names", "place", "problem"),
    [
        (("person/mao,man,Mao,,,,",), (), "entities.csv:2:12", "type 'man' is not known"),
        (("people/mao,person,Mao,,,,",), (), "entities.csv:2:1", "does not fit type person"),
        (("person/Mao,person,Mao,,,,",), (), "entities.csv:2:1", "does not fit type person"),
        (ENTITIES[:1] * 2, (), "entities.csv:3:1", "stands twice"),
        (("person/mao,person,,,,,",), (), "entities.csv:2:19", "label is empty"),
        (("group/we,group,we,,,person/x,",), (), "entities.csv:2:21", "no entity 'person/x'"),
        (("person/mao,person",), (), "entities.csv:2:1", "2 cells, the header has 7"),
        (ENTITIES, ("person/x,X,en,common,,,",), "names.csv:2:1", "no entity 'person/x'"),
        (ENTITIES, ("person/mao,,en,common,,,",), "names.csv:2:12", "form is empty"),
        (ENTITIES, ("person/mao,M,en,nick,,,",), "names.csv:2:17", "kind 'nick' is not known"),
        (ENTITIES, ("person/mao,M,,common,,,",), "names.csv:2:14", "language is empty"),
        (ENTITIES, ("person/mao,M,en,common,,x,",), "names.csv:2:25", "scope 'x' is not known"),
        (ENTITIES, ("person/mao,M,en,common,N,,",), "names.csv:2:24", "'N' is no form"),
        (ENTITIES, (*NAMES, "person/mao,MAO-ZEDONG,en,common,,,"), "names.csv:4:12", "same key"),
        (ENTITIES, ('person/mao,"M, Z",en,nick,,,',), "names.csv:2:22", "kind 'nick'"),
    ],
)
def test_a_bad_row_is_reported_at_its_cell(
    tmp_path: Path, entities: tuple[str, ...], names: tuple[str, ...], place: str, problem: str
) -> None:
    """A row that can't be used names file, line, column, what was found and a remedy."""
    with pytest.raises(AuthorityError) as caught:
        read_authorities(a_folder(tmp_path, entities, names))

    assert str(caught.value).startswith(f"{tmp_path}/{place}: AuthorityError: ")
    assert problem in caught.value.problem


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    """One reading shows every fault of both files."""
    rows = ("person/mao,,en,common,,,", "person/x,X,en,common,,,")
    with pytest.raises(Faults) as caught:
        read_authorities(a_folder(tmp_path, names=rows))

    assert 2 == len(list(lines(caught.value)))


def test_a_file_that_is_missing_or_no_table_is_reported(tmp_path: Path) -> None:
    """A missing file, another header and another encoding are each an AuthorityError."""
    with pytest.raises(AuthorityError, match="no such file"):
        read_authorities(tmp_path)
    (tmp_path / "entities.csv").write_text("name\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match="the header is 'name'"):
        read_authorities(tmp_path)
    (tmp_path / "entities.csv").write_bytes(b"\xff\xfe\xcc")
    with pytest.raises(AuthorityError, match="not UTF-8"):
        read_authorities(tmp_path)
