"""Reproduction bundles: a moment of a world with the calls since, to be played elsewhere."""
