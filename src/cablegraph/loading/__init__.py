"""The written graph, put into a triple store elsewhere and read back; reads output/ alone."""
