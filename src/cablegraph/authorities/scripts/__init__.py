"""Writing systems of names: how one name is spelt in another script or by another scheme."""
