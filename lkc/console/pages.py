"""The trainer's desk: which pages it has, and who may open them."""

from __future__ import annotations

import hmac
from typing import Any

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from lkc.look.pages import Pages
from lkc.look.sessions import ADMIN, mark_of
from lkc.world.credentials import ADMIN_TOKEN_KEY

SIGN_IN = "sign_in_page"

PAGES = Pages("desk", __name__, views="lkc.console.desk", prefix="", frame="console/frame.html")
PAGES.page("/", "landscape_page")
PAGES.page("/desk/sign-in", SIGN_IN, "GET", "POST")
PAGES.page("/desk/clock", "clock_page", "POST")
PAGES.page("/desk/undo", "undo_page", "POST")
PAGES.page("/desk/timeline", "timeline_page")
PAGES.page("/desk/timeline/news", "news_stream")
PAGES.page("/desk/exchanges", "exchanges_page")
PAGES.page("/desk/exchanges/<request_id>", "exchange_page")
PAGES.page("/desk/worlds", "worlds_page")
PAGES.page("/desk/worlds/new", "new_world_page", "GET", "POST")
PAGES.page("/desk/worlds/diff", "difference_page")
PAGES.page("/desk/worlds/of/<name>", "world_page")
PAGES.page("/desk/worlds/of/<name>/copy", "copy_world_page", "GET", "POST")
PAGES.page("/desk/worlds/of/<name>/reset", "reset_world_page", "GET", "POST")
PAGES.page("/desk/worlds/of/<name>/delete", "delete_world_page", "GET", "POST")
PAGES.page("/desk/class", "class_page")
PAGES.page("/desk/class/table", "class_table_page")
PAGES.page("/desk/class/new", "new_class_page", "GET", "POST")
PAGES.page("/desk/class/links", "class_links_page")
PAGES.page("/desk/class/all/<deed>", "class_deed_page", "GET", "POST")
PAGES.page("/desk/snapshots", "snapshots_page", "GET", "POST")
PAGES.page("/desk/snapshots/<name>/load", "load_snapshot_page", "GET", "POST")
PAGES.page("/desk/snapshots/<name>/delete", "delete_snapshot_page", "GET", "POST")
PAGES.page("/desk/faults", "faults_page")
PAGES.page("/desk/faults/new/<kind>", "order_fault_page", "GET", "POST")
PAGES.page("/desk/faults/ready/<preset>", "preset_page", "POST")
PAGES.page("/desk/faults/all/back", "take_all_back_page", "GET", "POST")
PAGES.page("/desk/faults/<int(max=9223372036854775807):number>/back", "take_back_page", "POST")
PAGES.page("/desk/explain", "explain_page")
PAGES.page("/desk/explain/remedy", "remedy_page", "POST")
PAGES.page("/desk/questions", "questions_page")
PAGES.page("/desk/questions/<number>", "question_page")
PAGES.page("/desk/questions/<number>/<name>", "lesson_page")
PAGES.page("/desk/questions/<number>/<name>/handout", "handout_page")
PAGES.page("/desk/questions/<number>/<name>/arrange", "arrange_lesson", "POST")
PAGES.page("/desk/questions/<number>/<name>/play", "play_lesson", "POST")
PAGES.page("/desk/questions/<number>/<name>/again", "begin_again", "POST")
PAGES.page("/desk/questions/<number>/<name>/worlds", "make_lesson_worlds", "POST")
PAGES.page("/desk/quiz", "quiz_page")
PAGES.page("/desk/quiz/ask", "ask_quiz", "POST")
PAGES.page("/desk/quiz/answer", "answer_quiz", "POST")
PAGES.page("/desk/quiz/show", "show_quiz", "POST")
PAGES.page("/desk/quiz/world", "make_quiz_world", "POST")
PAGES.page("/desk/quiz/again", "clear_for_quiz", "POST")


@PAGES.context_processor
def clock() -> dict[str, Any]:
    """Every page of the desk shows the clock; what that needs is loaded with the first page."""

    def clock_strip() -> Any:
        from lkc.console.desk.clock import clock_strip as strip  # noqa: PLC0415 - forms cost more than a start may take

        return strip()

    return {"clock_strip": clock_strip}


@PAGES.app_template_filter("in_words")
def in_words(seen: str) -> str:
    """What came back to a step, for people."""
    from lkc.scenarios import told  # noqa: PLC0415 - the start need not load it

    return told.in_words(seen)


@PAGES.before_request
def guard() -> Response | None:
    """Lets whoever may use the controls open the desk: anybody, or who has shown the admin token where there is one."""
    if is_open() or request.endpoint == f"{PAGES.name}.{SIGN_IN}":
        return None
    return redirect(url_for(f".{SIGN_IN}", to=request.full_path.rstrip("?") if request.method == "GET" else None))


def is_open() -> bool:
    """Whether this browser may use the desk."""
    token: str | None = current_app.config[ADMIN_TOKEN_KEY]
    return token is None or hmac.compare_digest(mark_of(token).encode(), request.cookies.get(ADMIN, "").encode())


def is_right(said: str) -> bool:
    """Whether this is the admin token."""
    token: str = current_app.config[ADMIN_TOKEN_KEY] or ""
    return hmac.compare_digest(token.encode(), said.encode())


def let_in(way: Response) -> Response:
    """Opens the desks of all worlds to this browser until it is closed, and leads it on."""
    token: str = current_app.config[ADMIN_TOKEN_KEY] or ""
    way.set_cookie(ADMIN, mark_of(token), path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return way
