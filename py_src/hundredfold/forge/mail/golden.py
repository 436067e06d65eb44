"""Mails that were written for this project: what every device is asked before a model is used there."""

from __future__ import annotations

from typing import Any

TEXTS = (
    "Re: Thursday\nHi Anna, Thursday at ten works for me. I wrote down what we said about the roof; have a look and "
    "tell me what I forgot.\n\nBest, Tom",
    "CONGRATULATIONS! You have been selected\nDear winner, click here NOW to claim your FREE prize of $5,000.00! This "
    "offer is 100% risk free. To be removed from our mailing list reply with REMOVE in the subject.",
    "Re: build fails on arm64\nOn Tue, Lena wrote:\n> the linker can't find libfoo when I run make\n\nThat was fixed "
    "in the last release, I think. Could you try the new package and send me the log if it still fails?",
    "Lose weight fast, guaranteed\nOrder today and lose 20 pounds in 30 days or your money back! No diet, no exercise. "
    "Call toll free, operators are waiting. Limited time offer!!! http://slim.example/buy",
    "Re: emacs and accents\nJürgen wrote:\n> I can't type ü or é in the console since the upgrade 😀\n\nSame here. I "
    "had to set the locale by hand, then it worked. Which version of the package do you have?",
    "Make money from home\nEarn thousands of dollars per week working from home. No experience needed! Our proven "
    "system has helped thousands. Send $29.95 for your free report. This is a one time mailing.",
    "From: Mia <mia@example.org>\nTo: devel <devel@example.org>\nSubject: =?utf-8?q?Re:_patch_for_the_caf=C3=A9_app?=\n"
    "Date: Sun, 3 Mar 2024 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nOn Sat, Ben wrote:\n> does the "
    "patch apply to the last release?\n\nYes, I tried it on my own machine yesterday. The test that failed was wrong, "
    "I think. I'll commit it if nobody objects.\n\nMia",
    "From: Offers <win@deals.example>\nTo: you <you@example.org>\nSubject: Lowest mortgage rates - apply FREE\n"
    "MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><h1>Save thousands!</h1><p>Refinance your home today "
    "with the <b>lowest rates</b> guaranteed. <a href='http://x.example'>Click here</a> to apply for FREE. To "
    "unsubscribe click here.</p></body></html>",
    "?!",
)
INPUTS: list[dict[str, Any]] = [{"text": text} for text in TEXTS]
