"""The pages of the trainer's desk, each with what is done on it."""

from lkc.console.desk.access import sign_in_page
from lkc.console.desk.clock import clock_page, undo_page
from lkc.console.desk.exchanges import exchange_page, exchanges_page
from lkc.console.desk.landscape import landscape_page
from lkc.console.desk.timeline import news_stream, timeline_page

__all__ = [
    "clock_page",
    "exchange_page",
    "exchanges_page",
    "landscape_page",
    "news_stream",
    "sign_in_page",
    "timeline_page",
    "undo_page",
]
