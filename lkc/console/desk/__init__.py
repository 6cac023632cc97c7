"""The pages of the trainer's desk, each with what is done on it."""

from lkc.console.desk.access import sign_in_page
from lkc.console.desk.landscape import landscape_page

__all__ = ["landscape_page", "sign_in_page"]
