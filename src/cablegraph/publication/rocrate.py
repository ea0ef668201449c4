"""The published folder as an RO-Crate 1.3: every file with its form, size and digest.

See https://w3id.org/ro/crate/1.3. The context is named, not copied, as the standard demands.
"""

from __future__ import annotations

from typing import Any

from cablegraph.publication.about import About, PublishedFile

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.3/context"
_CONFORMS = "https://w3id.org/ro/crate/1.3"


def to_ro_crate(about: About) -> dict[str, Any]:
    """Return the crate of a folder in which the files of the output lie under ``files``.

    Shape: flattened JSON-LD; identifiers of files are relative to the folder. A dataset without a
        day of issue has no ``datePublished``, and is then no valid crate.
    """
    entities = [
        _descriptor(),
        _root(about),
        *(_file(file) for file in about.files),
        *_named(about),
    ]
    return {"@context": _CONTEXT, "@graph": [_without_empty(entity) for entity in entities]}


def _descriptor() -> dict[str, Any]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CONFORMS},
    }


def _root(about: About) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": about.iri,
        "name": about.title,
        "description": about.summary,
        "datePublished": about.issued,
        "version": about.version,
        "license": {"@id": about.licence} if about.licence else "",
        "copyrightNotice": about.rights,
        "isBasedOn": {"@id": about.source} if about.source else "",
        "publisher": {"@id": "#publisher"} if about.publisher else "",
        "creator": {"@id": "#creator"} if about.creator else "",
        "hasPart": [{"@id": f"files/{file.path}"} for file in about.files],
    }


def _file(file: PublishedFile) -> dict[str, Any]:
    return {
        "@id": f"files/{file.path}",
        "@type": "File",
        "name": file.path,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _named(about: About) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if about.licence:
        description = "The licence of the statements, not of the texts that they quote."
        found.append(
            {
                "@id": about.licence,
                "@type": "CreativeWork",
                "name": about.licence,
                "description": description,
            }
        )
    for role in ("publisher", "creator"):
        if name := getattr(about, role):
            found.append({"@id": f"#{role}", "@type": "Organization", "name": name})
    if about.source:
        found.append({"@id": about.source, "@type": "CreativeWork", "name": about.source})
    return found


def _without_empty(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entity.items() if value not in ("", [])}
