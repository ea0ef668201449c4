"""Describe the text versions: what each is, what it derives from, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.extraction.parts import Parts
from cablegraph.extraction.scene import Scene
from cablegraph.records.claims import Bracket, Claim, Evidence, Version
from cablegraph.records.contents import parse_item
from cablegraph.records.model import Layer

_ORDER = ("scan-transcription", "normalised-transcript", "translation")


def find_versions(scene: Scene) -> Iterator[Claim]:
    """Yield each text version with the line of the contents list that announces it.

    Shape: a transcript derives from the scan's transcription, a translation from the nearest
        version in another language; each shows its first and its last line of words.
    """
    listed = _announced(scene)
    for layer in scene.record.layers:
        span = layer.span
        yield Claim(
            key=f"{scene.telegram}/text/{layer.key}",
            about=scene.telegram,
            value=Version(
                layer=layer.key,
                kind=layer.kind,
                language=layer.language,
                start=span.start,
                end=span.end,
                line=layer.source.place(span.start)[0],
                derived_from=_derived_from(scene, layer),
            ),
            evidence=(*listed.get(layer.key, ()), *_edges(scene, layer)),
            rule="text-version",
        )


def _announced(scene: Scene) -> dict[str, tuple[Evidence]]:
    """Match the lines of the contents list with the layers, by kind and language."""
    found: dict[str, tuple[Evidence]] = {}
    for field in scene.record.fields.get("contents", ()):
        item = parse_item(field.text)
        for layer in scene.record.layers:
            fits = layer.key.startswith(item.kind) and item.language in (None, layer.language)
            if fits and layer.key not in found:
                found[layer.key] = (field.evidence,)
                break
    return found


def _edges(scene: Scene, layer: Layer) -> tuple[Evidence, ...]:
    """Point at the first and the last line of words, signs of editors left out."""
    parts = scene.parts.get(layer.key)
    lines = sorted(parts.all_lines, key=lambda line: line.start) if parts else []
    if lines:
        return (lines[0].evidence, lines[-1].evidence)
    stripped = layer.text.strip()
    start = layer.text.index(stripped)
    return (layer.evidence(start, start + len(stripped.partition("\n")[0])),)


def _derived_from(scene: Scene, layer: Layer) -> tuple[str, ...]:
    if layer.kind not in _ORDER:
        return ()
    earlier = [
        other
        for other in scene.record.layers
        if other.kind in _ORDER and _ORDER.index(other.kind) < _ORDER.index(layer.kind)
    ]
    if layer.kind == "translation":
        earlier = [other for other in earlier if other.language != layer.language]
    else:
        earlier = [other for other in earlier if other.language == layer.language]
    return (earlier[-1].key,) if earlier else ()


_PARTS = ("heading", "address", "closing", "registry")
_WORDS = {
    "heading": "heading with number",
    "address": "routing",
    "closing": "number and date below the signature",
    "registry": "registry marks",
}


def find_omissions(scene: Scene) -> Iterator[Claim]:
    """Yield a mark on each version that leaves out parts which another version has.

    Shape: the evidence is the first and the last line of the version that lacks them.
    """
    versions = list(scene.texts)
    present = {parts.layer.key: _present(parts) for parts in versions}
    everything = set().union(*present.values()) if present else set()
    for parts in versions:
        missing = [name for name in _PARTS if name in everything - present[parts.layer.key]]
        if not missing:
            continue
        lines = sorted(parts.message_lines, key=lambda line: line.start)
        if lines:
            yield Claim(
                key=f"{scene.telegram}/editorial/omission-{parts.layer.key}",
                about=scene.telegram,
                value=Bracket("omission", "; ".join(_WORDS[name] for name in missing)),
                evidence=tuple(sorted({lines[0].evidence, lines[-1].evidence})),
                rule="parts-left-out",
            )


def _present(parts: Parts) -> set[str]:
    found = {name for name in _PARTS if getattr(parts, name)}
    return found | ({"registry"} if parts.top else set())
