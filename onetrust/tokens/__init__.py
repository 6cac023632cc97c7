"""The token service: products retrieve there, by token or serial number, what their customer is entitled to."""
