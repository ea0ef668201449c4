"""The dataset as schema.org sees it, for search engines: JSON-LD for the landing page."""

from __future__ import annotations

from typing import Any

from cablegraph.publication.about import About
from cablegraph.terms import parse_literal


def to_schema_org(about: About) -> dict[str, Any]:
    """Return a schema.org Dataset; what is not known is left out.

    Shape: ``license`` is that of the statements; what holds for the texts is in ``usageInfo``
        and ``copyrightNotice``.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.iri,
        "name": about.title,
        "description": about.summary,
        "identifier": about.iri,
        "url": about.root,
        "version": about.version,
        "isAccessibleForFree": True,
        "license": about.licence,
        "copyrightNotice": about.rights,
        "usageInfo": about.rights,
        "datePublished": about.issued,
        "isBasedOn": about.source,
        "inLanguage": sorted(_language(term) for term in about.census.languages),
        "temporalCoverage": "/".join(about.census.days or ()),
        "publisher": _agent(about.publisher),
        "creator": _agent(about.creator),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.path,
                "contentUrl": file.address,
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in about.dumps
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def _agent(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _language(term: str) -> str:
    return parse_literal(term).text if term.startswith('"') else term[1:-1]
