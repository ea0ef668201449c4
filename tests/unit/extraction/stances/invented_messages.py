"""Invented telegrams to Mao Zedong, and the stances that are read in them."""

from __future__ import annotations

from extraction_papers import a_scene

from cablegraph.extraction.scene import Scene
from cablegraph.extraction.stances.lexicon import Lexicon
from cablegraph.extraction.stances.model import Utterance
from cablegraph.extraction.stances.read import read_utterances

TITLE = "Ciphered Telegram No. 12, Filippov [Stalin] to Krasovsky, for Mao Zedong"
_HEAD_EN = "CIPHERED TELEGRAM No. 12\n\nBEIJING, TO KRASOVSKY.\nFor Comrade MAO ZEDONG."
_HEAD_RU = "ШИФРТЕЛЕГРАММА № 12\n\nПЕКИН, КРАСОВСКОМУ.\n\nДля тов. МАО ЦЗЕ-ДУНА."


def scene_of(text: str, language: str = "en") -> Scene:
    """Return a telegram with these paragraphs made ready for the rules."""
    if language == "ru":
        return a_scene(TITLE, transcript=f"{_HEAD_RU}\n\n{text}\n\nФИЛИППОВ")
    return a_scene(TITLE, translation=f"{_HEAD_EN}\n\n{text}\n\nFILIPPOV [Stalin]")


def read_in(text: str, language: str = "en", lexicon: Lexicon | None = None) -> list[Utterance]:
    """Return the stances of the only text version of a telegram."""
    scene = scene_of(text, language)
    (parts,) = scene.texts
    return read_utterances(scene, parts, lexicon)


def brief(utterances: list[Utterance]) -> list[tuple[str, str | None, str]]:
    """Return kind, force and target of each: a point by number and part, else by its phrase."""
    return [
        (
            one.kind,
            one.force,
            (one.target.point or "") + (one.target.part or "") or one.target.phrase,
        )
        for one in utterances
    ]
