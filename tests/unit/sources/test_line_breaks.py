"""Where the lines of a file begin, whatever ends them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.spans import find_breaks


@given(st.text("a\n\r\u2028", max_size=20))
def test_a_line_begins_behind_every_line_end(text: str) -> None:
    """A carriage return ends a line too, alone or with a line feed; other separators do not."""
    assert [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))] == find_breaks(text)
