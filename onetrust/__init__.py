"""OneTrust: the token service, and what stands at the customer's site."""
