"""Worlds as SQLite files: one file a generation, a symbolic link a name."""
