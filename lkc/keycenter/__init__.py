"""Flexera's License Key Center: accounts, registered end users, licenses and their generation."""
