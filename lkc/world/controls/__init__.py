"""What is done to a world from outside, for the interface and the desk alike."""
