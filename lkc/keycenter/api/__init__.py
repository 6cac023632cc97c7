"""The key center over REST."""
