"""Why something is as it is: one small rule per cause, over the facts that the systems state."""
