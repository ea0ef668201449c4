"""Judge what is read from encoded files by what their own encoding says."""
