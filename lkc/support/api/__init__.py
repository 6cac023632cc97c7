"""The support desk over REST."""
