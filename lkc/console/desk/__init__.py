"""The pages of the trainer's desk, each with what is done on it."""

from lkc.console.desk.access import sign_in_page
from lkc.console.desk.classes import class_links_page, class_page, class_table_page, new_class_page
from lkc.console.desk.clock import clock_page, undo_page
from lkc.console.desk.deeds import class_deed_page
from lkc.console.desk.differences import difference_page
from lkc.console.desk.exchanges import exchange_page, exchanges_page
from lkc.console.desk.explaining import explain_page, remedy_page
from lkc.console.desk.faults import faults_page, order_fault_page, preset_page, take_all_back_page, take_back_page
from lkc.console.desk.gallery import question_page, questions_page
from lkc.console.desk.handout import handout_page
from lkc.console.desk.landscape import landscape_page
from lkc.console.desk.lesson import arrange_lesson, begin_again, lesson_page, make_lesson_worlds, play_lesson
from lkc.console.desk.quiz import answer_quiz, ask_quiz, clear_for_quiz, make_quiz_world, quiz_page, show_quiz
from lkc.console.desk.snapshots import delete_snapshot_page, load_snapshot_page, snapshots_page
from lkc.console.desk.timeline import news_stream, timeline_page
from lkc.console.desk.worlds import (
    copy_world_page,
    delete_world_page,
    new_world_page,
    reset_world_page,
    world_page,
    worlds_page,
)

__all__ = [
    "answer_quiz",
    "arrange_lesson",
    "ask_quiz",
    "begin_again",
    "class_deed_page",
    "class_links_page",
    "class_page",
    "class_table_page",
    "clear_for_quiz",
    "clock_page",
    "copy_world_page",
    "delete_snapshot_page",
    "delete_world_page",
    "difference_page",
    "exchange_page",
    "exchanges_page",
    "explain_page",
    "faults_page",
    "handout_page",
    "landscape_page",
    "lesson_page",
    "load_snapshot_page",
    "make_lesson_worlds",
    "make_quiz_world",
    "new_class_page",
    "new_world_page",
    "news_stream",
    "order_fault_page",
    "play_lesson",
    "preset_page",
    "question_page",
    "questions_page",
    "quiz_page",
    "remedy_page",
    "reset_world_page",
    "show_quiz",
    "sign_in_page",
    "snapshots_page",
    "take_all_back_page",
    "take_back_page",
    "timeline_page",
    "undo_page",
    "world_page",
    "worlds_page",
]
