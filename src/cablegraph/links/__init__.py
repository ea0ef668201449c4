"""Links to other authorities: SSSOM in and out, an editor's decisions, BEACON."""
