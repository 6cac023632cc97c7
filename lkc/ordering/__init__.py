"""The vendor's order system: customers, orders, their submission to the delivery systems."""
