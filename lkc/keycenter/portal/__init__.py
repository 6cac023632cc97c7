"""The License Key Center in the browser: what registered end users see and do there."""
