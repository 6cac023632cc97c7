"""The mail network of a world: mailboxes, bounces, spam filters, delays."""
