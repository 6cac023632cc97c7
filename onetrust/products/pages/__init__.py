"""The pages of what stands at the customer's site."""

from onetrust.products.pages.console import console_page, instructions_page
from onetrust.products.pages.deeds import (
    add_agent_page,
    apply_file_page,
    enter_token_page,
    network_page,
    remove_agent_page,
    remove_file_page,
    remove_files_page,
    remove_token_page,
    restart_page,
    retrieve_page,
    update_page,
)
from onetrust.products.pages.site import install_page, site_page

__all__ = [
    "add_agent_page",
    "apply_file_page",
    "console_page",
    "enter_token_page",
    "install_page",
    "instructions_page",
    "network_page",
    "remove_agent_page",
    "remove_file_page",
    "remove_files_page",
    "remove_token_page",
    "restart_page",
    "retrieve_page",
    "site_page",
    "update_page",
]
