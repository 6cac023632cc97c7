"""Documented questions to be seen: cases read from `seed_data/scenarios`, arranged and played over HTTP."""
