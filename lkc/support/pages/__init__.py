"""The support desk's pages: for customers with an IBM ID, and for the vendor's staff."""

from lkc.support.pages.access import (
    ibm_id_page,
    register_page,
    registrations_page,
    reset_page,
    sign_in_page,
    sign_out_page,
    unregister_page,
)
from lkc.support.pages.requests import change_page, note_page, open_page, request_page, requests_page

__all__ = [
    "change_page",
    "ibm_id_page",
    "note_page",
    "open_page",
    "register_page",
    "registrations_page",
    "request_page",
    "requests_page",
    "reset_page",
    "sign_in_page",
    "sign_out_page",
    "unregister_page",
]
