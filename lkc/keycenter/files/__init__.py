"""License files: what they say, how they are written in two formats, and how they are checked."""
