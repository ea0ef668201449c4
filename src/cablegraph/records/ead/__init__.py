"""Finding aids in Encoded Archival Description: one record a file, one unit a component."""
