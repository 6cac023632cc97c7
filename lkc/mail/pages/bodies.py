"""The HTML of mails, shown so that it can do nothing: no script, no form, nothing loaded, nobody asked."""

from __future__ import annotations

import re

# These have no content, so that nothing else changes by their being unknown; all others the sandbox takes care of. A
# browser may look up or connect to what the first names before any policy is asked.
_ACTING = re.compile(r"<(?=(?:link|meta|base)\b)", re.IGNORECASE)
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The mail</title>
{base}<style>
:root {{ color-scheme: {scheme}; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; overflow-wrap: anywhere; }}
th {{ text-align: left; font-weight: 400; padding-right: 1.5rem; vertical-align: top; }}
{more}
</style>
</head>
<body>
"""
# Links of our systems' mails lead on in the whole window; those of strangers lead nowhere.
_OURS = {"base": '<base target="_top">\n', "scheme": "light dark", "more": "h2 { font-size: 1.125rem; }"}
_STRANGERS = {"base": "", "scheme": "light", "more": "body { background: white; } a { pointer-events: none; }"}


def framed(html: str, *, ours: bool) -> str:
    """The HTML of a mail as a document of its own."""
    return _HEAD.format(**(_OURS if ours else _STRANGERS)) + html


def taken_apart(html: str) -> str:
    """The HTML of a stranger, without what a browser would act upon before it looks at the policy."""
    return _ACTING.sub("<x-", html)


def policy(*, ours: bool) -> str:
    """What the frame may do: be shown in this service's own pages, in the mail's own colours, and no more."""
    sandbox = "sandbox allow-top-navigation-by-user-activation" if ours else "sandbox"
    return (
        f"{sandbox}; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
