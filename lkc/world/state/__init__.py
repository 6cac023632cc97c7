"""A whole world as one document: writing it, reading it, comparing two worlds, taking the people out of it."""
