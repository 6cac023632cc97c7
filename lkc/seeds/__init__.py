"""Worlds that are worth looking at from the first moment: read from `seed_data/worlds`, told step by step."""
