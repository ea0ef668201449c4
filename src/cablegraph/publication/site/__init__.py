"""The graph as a web site of plain files: pages to read, data to load, no server needed."""
