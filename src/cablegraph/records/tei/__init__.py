"""TEI: editions of one letter a file, volumes of many documents, and corpora of either."""
