"""A folder that a web server can offer: descriptions, vocabulary, server rules, files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from cablegraph.errors import OutputError
from cablegraph.publication import vocabulary
from cablegraph.publication.about import About, read_about
from cablegraph.publication.describe import make_descriptions
from cablegraph.publication.entities import Entities
from cablegraph.publication.forms import list_static_forms
from cablegraph.publication.represent import represent
from cablegraph.publication.rules import make_rules
from cablegraph.serialise.files import write_file


def write_descriptions(output: Path, folder: Path, root: str, *, with_files: bool = True) -> About:
    """Write all that *root* offers beside pages and data files; return what was described.

    Shape: the descriptions, ``context.jsonld``, the documents of the vocabulary in each static
        form, the rules for web servers, and under ``files`` a copy of the output folder.
    Raises:
        ConfigError: if *root* is not an absolute address that ends in a stroke.
        DataError: if the output folder has no graph or manifest.
        OutputError: if the folder can't be written.
    """
    entities = Entities(output)
    about = read_about(output, root, entities=entities)
    for name, content in make_descriptions(about, entities.owners()).items():
        write_file(folder / name, [content])
    for name, content in list_vocabulary_files():
        write_file(folder / name, [content])
    for name, text in make_rules(root, entities.part_steps()).items():
        write_file(folder / name, [text])
    if with_files:
        _copy(output, folder / "files", about)
    return about


def list_vocabulary_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the vocabulary by their paths from the root."""
    yield "context.jsonld", vocabulary.read_context_bytes()
    for document in vocabulary.list_documents():
        lines = vocabulary.read_document(document)
        for form in list_static_forms():
            if form.extension != "html":
                yield f"{document}.{form.extension}", represent(lines, form)


def _copy(output: Path, folder: Path, about: About) -> None:
    for file in about.files:
        target = folder / file.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / file.path, target)
        except OSError as cause:
            raise OutputError(
                f"the file can't be copied ({cause.strerror or cause})",
                where=f"{target}:1:1",
                remedy="name a folder that can be written, or run the build again",
            ) from cause
