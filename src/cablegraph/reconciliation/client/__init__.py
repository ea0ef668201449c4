"""Questions about our entities to a service elsewhere; nothing it says is trusted."""
