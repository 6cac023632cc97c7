"""MyISS: the portal in which many customers, but not all, find the token of their customer number (Q16)."""
