"""The kernel of a world: store, clock, identifiers, events, journal and faults; no business word in it."""
