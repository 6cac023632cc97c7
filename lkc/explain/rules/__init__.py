"""The causes that the documented questions name, and some that only a simulator can have; one rule each."""
