"""A style sheet without what no page uses."""

from __future__ import annotations

import pytest

from lkc.look.purging import purged, words_in

WORDS = words_in(['<p class="btn btn-{{ kind }} d-block">{% if x %}is-invalid{% endif %}</p>'])


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("a{color:red}", "a{color:red}"),
        (".btn{color:red}", ".btn{color:red}"),
        (".modal{color:red}", ""),
        (".btn,.modal{color:red}", ".btn{color:red}"),
        (".modal .btn{color:red}", ""),
        (".btn:not(.modal){color:red}", ".btn:not(.modal){color:red}"),
        (".btn-outline-danger{color:red}", ".btn-outline-danger{color:red}"),
        (".is-invalid~a{color:red}", ".is-invalid~a{color:red}"),
        ("@media (min-width:1px){.modal{color:red}.btn{top:0}}", "@media (min-width:1px){.btn{top:0}}"),
        ("@media (min-width:1px){.modal{color:red}}", ""),
        ("@keyframes x{0%{top:0}to{top:1px}}", "@keyframes x{0%{top:0}to{top:1px}}"),
        ('@charset "UTF-8";:root,[data-x=light]{--y:1}/* x */', '@charset "UTF-8";:root,[data-x=light]{--y:1}'),
        (":is(.btn,.modal){color:red}", ":is(.btn,.modal){color:red}"),
        (":is(.btn,a){color:red}", ":is(.btn,a){color:red}"),
    ],
)
def test_what_needs_an_unknown_class_goes(css: str, left: str) -> None:
    """Selector by selector; what needs none stays, and so do classes whose names are put together."""
    assert purged(css, WORDS) == left
