"""How pages look and work: one frame, one design, sessions and forms; no word of any system."""
