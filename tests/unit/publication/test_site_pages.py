"""The pages of a site: words stay words, marks stand in the text, links lead somewhere."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from site_sample import BASE, HOSTILE, LONG, TEXT, find_faults, read_page, write_hostile

from cablegraph.cli import main
from cablegraph.errors import DataError
from cablegraph.publication.site.build import build_site

SEEDS = Path(__file__).resolve().parents[3] / "output"
TELEGRAM = "page/telegram/t-1/index.html"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented graph."""
    folder = tmp_path_factory.mktemp("site")
    build_site(write_hostile(folder / "output"), folder / "site", workers=1)
    return folder / "site"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    build_site(SEEDS, folder / "site", workers=1)
    return folder / "site"


def text_of(element) -> str:  # type: ignore[no-untyped-def]
    """Return the words of an element without the readings that editors propose."""
    parts = [element.text or ""]
    for child in element:
        if child.get("class") != "reading":
            parts.append(text_of(child))
        elif parts[-1].endswith(" "):
            parts[-1] = parts[-1][:-1]  # the space before a reading is not the text's
        parts.append(child.tail or "")
    return "".join(parts)


def lines_of(page: Path) -> list[str]:
    """Return the lines of the texts of a telegram's page."""
    tree, _ = read_page(page)
    return [text_of(one) for one in tree.iter() if (one.get("class") or "").startswith("line")]


@pytest.mark.parametrize("site", ["hostile", "seeds"])
def test_every_page_is_well_formed_and_every_link_leads_somewhere(
    site: str, request: pytest.FixtureRequest
) -> None:
    """No fault of HTML, no name twice on a page, no link or anchor that is missing."""
    assert [] == find_faults(request.getfixturevalue(site))


def test_the_crawler_sees_a_broken_link(hostile: Path, tmp_path: Path) -> None:
    """A missing file, a missing anchor and an address that is none of the web are found."""
    page = tmp_path / "index.html"
    links = ("gone.html", "#gone", "javascript:alert(1)")
    body = "".join(f'<a href="{link}">x</a>' for link in links)
    page.write_text(f"<!DOCTYPE html><title>x</title>{body}", "utf-8")

    assert 3 == len(find_faults(tmp_path))


def test_the_text_of_a_page_is_that_of_the_document(hostile: Path) -> None:
    """Marks cut the text into pieces and change none of it."""
    assert TEXT.split("\n") == lines_of(hostile / TELEGRAM)


def test_every_evidence_of_the_seeds_is_marked_in_its_text(seeds: Path) -> None:
    """Each span that a node rests on lies under links that name the node's entry."""
    store = pyoxigraph.Store()
    graph = SEEDS / "graph" / "cablegraph.nq"
    store.bulk_load(path=str(graph), format=pyoxigraph.RdfFormat.N_QUADS)
    query = """
        PREFIX cbl: <https://w3id.org/cablegraph/def#> PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT DISTINCT ?node ?telegram ?quote { GRAPH ?a { ?node cbl:evidence ?span }
          GRAPH ?b { ?span oa:hasSource ?version ; oa:hasSelector/oa:exact ?quote }
          GRAPH ?c { ?telegram cbl:textVersion ?version } }"""
    rows = [[term.value for term in row] for row in store.query(query)]  # type: ignore[union-attr]
    marked = {one: _marked(seeds, one) for one in {row[1] for row in rows}}
    missing = []
    for node, telegram, quote in rows:
        path = node.split("/id/")[1]
        key = path.removeprefix(telegram.split("/id/")[1] + "/").replace("#", "~")
        words = "".join(marked[telegram].get(key, "").split())
        if "".join(quote.split()) not in words:
            missing.append((key, quote))

    assert 300 < len(rows)
    assert [] == missing


def _marked(site: Path, telegram: str) -> dict[str, str]:
    tree, _ = read_page(site / "page" / telegram.split("/id/")[1] / "index.html")
    found: dict[str, str] = {}
    for one in tree.iter("a"):
        if "m" in (one.get("class") or "").split():
            for key in (one.get("data-c") or "").split():
                found[key] = found.get(key, "") + (one.text or "")
    return found


def test_hostile_words_stay_words(hostile: Path) -> None:
    """A name with markup is shown as it is; no page gets a script, handler or frame from it."""
    for page in sorted(hostile.rglob("*.html")):
        tree, _ = read_page(page)
        for one in tree.iter():
            assert one.tag not in ("iframe", "object", "embed", "style", "base")
            assert not [key for key in one.attrib if key.startswith("on") or key == "style"]
            if one.tag == "script" and one.get("type") != "application/ld+json":
                assert one.get("src")
                assert not one.text
    tree, _ = read_page(hostile / TELEGRAM)

    assert HOSTILE in [text_of(one) for one in tree.iter("h1")]


def test_words_of_documents_keep_their_direction_to_themselves(hostile: Path) -> None:
    """A mark that turns the direction of writing stands only where it is isolated."""
    for page in sorted(hostile.rglob("*.html")):
        tree, _ = read_page(page)
        parents = {child: parent for parent in tree.iter() for child in parent}
        for one in tree.iter():
            # A title is no part of the page's text, and a text of a drawing stands alone.
            if "\u202e" in (one.text or "") and not one.tag.endswith(("title", "script", "}text")):
                above = one
                while above.tag != "bdi" and not above.get("dir") and above in parents:
                    above = parents[above]

                assert above.tag == "bdi" or above.get("dir"), f"{page}: {one.tag}"


def test_an_address_that_runs_code_is_no_link(hostile: Path) -> None:
    """``javascript:`` is shown as text wherever the data have it."""
    page = (hostile / "page/person/ann/index.html").read_text("utf-8")

    assert "javascript:alert(1)" in page
    assert [] == re.findall(r'(?:href|src)="\s*javascript', page)


def test_a_name_of_ten_thousand_letters_is_shown_whole(hostile: Path) -> None:
    """The page of a thing has its whole name."""
    assert LONG in (hostile / "page/person/bob/index.html").read_text("utf-8")


def test_json_for_search_engines_can_be_parsed_and_closes_no_script(hostile: Path) -> None:
    """The description of a page is JSON even if a name holds the end of a script."""
    import json

    page = (hostile / "page/person/ann/index.html").read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    told = json.loads(found[1])

    assert HOSTILE == told["name"]
    assert ["https://other.example/ann"] == told["sameAs"]


def test_rivals_stand_side_by_side_with_a_way_to_each_other(hostile: Path) -> None:
    """Two numbers that can't both be right are told together."""
    page = (hostile / TELEGRAM).read_text("utf-8")
    table = page[page.index('id="h-disputed"') : page.index('id="h-copies"')]

    assert ["number/7", "number/8"] == sorted(set(re.findall(r'href="#(number/\d)"', table)))


def test_a_proposed_reading_is_seen_beside_the_words(hostile: Path) -> None:
    """What an editor proposes to read stands after the words, apart from them."""
    page = (hostile / TELEGRAM).read_text("utf-8")

    assert '<span class="reading">[<bdi>read: ожидаем</bdi>]</span>' in page


def test_a_proposal_tells_who_wants_what(hostile: Path) -> None:
    """The page of a proposal has the stance on it with its words and its holder."""
    page = (hostile / "page/proposal/t-1/plan/index.html").read_text("utf-8")

    assert "I reject the plan" in page
    assert 'href="../../../../page/person/ann/index.html"' in page
    assert "1951-07-03" in page


def test_an_archive_tells_its_tree_down_to_the_leaves(hostile: Path) -> None:
    """Fond, opis and leaves come in this order on the page of the archive, leaf 3 before 10."""
    page = (hostile / "page/archive/a/index.html").read_text("utf-8")
    tree = page[page.index('class="tree"') :]
    names = ("fond 1", "opis 2", "A, f. 1, op. 2, l. 3", "A, f. 1, op. 2, l. 10")
    places = [tree.index(f"<bdi>{name}</bdi>") for name in names]

    assert sorted(places) == places


def test_the_three_forms_of_data_hold_the_same_triples(hostile: Path) -> None:
    """Turtle, JSON-LD and N-Triples of a page are read to the same statements."""
    forms = pyoxigraph.RdfFormat
    for name in ("telegram/t-1", "person/ann", "unit/a/1/2"):
        found = [
            {
                str(quad.triple)
                for quad in pyoxigraph.parse(path=f"{hostile}/data/{name}.{end}", format=form)
            }
            for end, form in (
                ("nt", forms.N_TRIPLES),
                ("ttl", forms.TURTLE),
                ("jsonld", forms.JSON_LD),
            )
        ]

        assert found[0]
        assert found[0] == found[1] == found[2]


def test_a_person_s_data_have_the_evidence_that_documents_give(hostile: Path) -> None:
    """Statements of every graph on a person and her names are in her data."""
    data = (hostile / "data/person/ann.nt").read_text("utf-8")

    assert f"<{BASE}id/person/ann/name/ann> <https://w3id.org/cablegraph/def#evidence>" in data


def test_a_page_lets_no_other_host_and_no_inline_script_in(hostile: Path) -> None:
    """Every page has the policy, and nothing in it is loaded from elsewhere."""
    for page in sorted(hostile.rglob("*.html")):
        tree, _ = read_page(page)
        policies = [
            one.get("content")
            for one in tree.iter("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        loaded = [one.get("src") for one in tree.iter() if one.get("src")]
        loaded += [one.get("href") for one in tree.iter("link") if one.get("rel") == "stylesheet"]

        assert 1 == len(policies)
        assert "default-src 'none'" in policies[0]
        assert "unsafe" not in policies[0]
        assert [] == [one for one in loaded if "//" in one]


def test_a_name_that_leads_out_of_the_site_is_refused(tmp_path: Path) -> None:
    """A path with two dots makes no file outside the folder."""
    output = write_hostile(tmp_path / "output")
    graph = output / "graph" / "cablegraph.nq"
    lines = graph.read_text("utf-8").replace("/id/place/port", "/id/place/../../../../evil")
    graph.write_text(lines, "utf-8")

    with pytest.raises(DataError, match="can't be the name of a page"):
        build_site(output, tmp_path / "site", workers=1)

    assert [] == sorted(tmp_path.rglob("evil*"))


def test_without_a_graph_the_command_says_what_to_do(tmp_path: Path) -> None:
    """A folder that nothing was built in is named, with the remedy."""
    result = CliRunner().invoke(main, ["site", str(tmp_path), "--to", str(tmp_path / "site")])

    assert 1 == result.exit_code
    assert "run the build first" in result.output


def test_what_else_lies_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    """Building again replaces the pages and nothing more."""
    output = write_hostile(tmp_path / "output")
    site = tmp_path / "site"
    site.mkdir()
    (site / "CNAME").write_text("wires.example", "utf-8")
    build_site(output, site, workers=1)
    (site / "page" / "stale.html").write_text("old", "utf-8")
    build_site(output, site, workers=1)

    assert (site / "CNAME").is_file()
    assert not (site / "page" / "stale.html").exists()
    assert [] == [path.name for path in site.iterdir() if path.name.startswith(".")]


def test_the_same_bytes_come_of_any_hash_seed_and_number_of_workers(tmp_path: Path) -> None:
    """Two runs with other seeds, parts and workers give equal files."""
    output = write_hostile(tmp_path / "output")
    code = (
        "import sys; from pathlib import Path;"
        "from cablegraph.publication.site.build import build_site;"
        "build_site(Path(sys.argv[1]), Path(sys.argv[2]), workers=int(sys.argv[3]),"
        " part_size=int(sys.argv[4]))"
    )
    if_main = f"if __name__ == '__main__':\n    {code}\n"
    script = tmp_path / "run.py"
    script.write_text(if_main, "utf-8")
    for name, seed, workers, size in (("one", "1", "1", "10000000"), ("two", "2", "2", "9000")):
        subprocess.run(
            [sys.executable, str(script), str(output), str(tmp_path / name), workers, size],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    files = [
        sorted(p.relative_to(tmp_path / name) for p in (tmp_path / name).rglob("*") if p.is_file())
        for name in ("one", "two")
    ]
    same, other, missing = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", files[0], False)

    assert files[0] == files[1]
    assert ([], []) == (other, missing)
    assert 40 < len(same)
