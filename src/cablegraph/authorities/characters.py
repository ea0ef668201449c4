"""Classes of characters for patterns of words, written so that the commonest are told at once.

A class that asks Unicode what a character is takes twice as long as one that has a list of them.
Here the marks that are no letters stand in the list, and ASCII letters are run over before the
class is asked; what such a pattern matches is the same.
"""

from __future__ import annotations

_MARKS = r" \n!-/:-@\[-`{-~’“”"
#: A letter: as ``[^\W\d_]``.
LETTER = rf"[^\W\d_0-9{_MARKS}]"
#: A letter that is no small one of English or Russian: most words begin with those.
NO_SMALL_LETTER = rf"[^\W\d_a-zа-яё0-9{_MARKS}]"
#: Letters in any number, and at least one.
LETTERS = rf"[a-zA-Z]*{LETTER}*"
SOME_LETTERS = rf"{LETTER}{LETTERS}"
#: At least one letter or digit: as ``[^\W_]+``.
ALNUMS = rf"[^\W_{_MARKS}][a-zA-Z0-9]*[^\W_{_MARKS}]*"
