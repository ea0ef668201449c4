"""The written graph, offered to browsers, catalogues and other programs; reads output/ alone."""
