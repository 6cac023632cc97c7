"""The map of the landscape: nodes and arrows from what systems state, placed and drawn on the server."""
