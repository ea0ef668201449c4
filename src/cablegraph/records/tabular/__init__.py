"""Read tables of letters (CSV, TSV, XLSX), one record a letter, by a mapping of their columns."""
