"""The trainer's desk: what people see at the root of a world."""
