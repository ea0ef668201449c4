"""Claims from what the encoding of a file states, by markup and columns instead of wording."""
