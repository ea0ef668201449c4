"""The graph on the web: SPARQL, the Graph Store Protocol, a query page."""
