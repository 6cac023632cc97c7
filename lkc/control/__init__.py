"""The simulator's own controls (`/_sim`): worlds, clock, faults, timeline, journal; no path of an imitated system."""
