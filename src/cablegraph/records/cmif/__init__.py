"""Letters listed in the Correspondence Metadata Interchange Format: one record an entry."""
