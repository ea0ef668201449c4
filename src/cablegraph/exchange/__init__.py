"""What other collections can take in: the correspondence as a list in an interchange format."""
