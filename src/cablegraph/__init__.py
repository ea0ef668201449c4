"""Read archival transcripts of diplomatic messages; publish them as evidenced linked data."""

__version__ = "0.1.0"
