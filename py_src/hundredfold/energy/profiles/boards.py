"""Boards: the Raspberry Pi, the best measured of all; at a USB power meter, idle without a screen."""

from .profile import Clues, Profile

BOARDS = (
    Profile(
        "raspberry-pi-3",
        "Raspberry Pi 3",
        "board",
        2016,
        4,
        (0.6, 0.9, 1.4),
        (2, 2.9, 4),
        (1.5, 2.2, 3),
        "Readings of USB power meters that its users publish: 1.5 to 3 W idle, 4 to 6 W with four cores busy; "
        "the difference.",
        Clues(r"VC4 V3D|V3D 2\."),
    ),
    Profile(
        "raspberry-pi-4",
        "Raspberry Pi 4",
        "board",
        2019,
        4,
        (0.7, 1.1, 1.7),
        (2.6, 3.6, 4.6),
        (2, 2.7, 3.5),
        "Readings of USB power meters that its users publish: 2.2 to 3 W idle, 5.2 to 6.4 W with four cores busy; "
        "the difference, and losses of its power supply. One core: a third of it.",
        Clues(r"V3D 4\."),
    ),
    Profile(
        "raspberry-pi-400",
        "Raspberry Pi 400",
        "board",
        2020,
        4,
        (0.7, 1.1, 1.8),
        (2.5, 3.6, 5),
        (2, 2.8, 3.8),
        "As the Raspberry Pi 4, whose chip it has at 1.8 instead of 1.5 GHz, with a better heat sink.",
        Clues(r"V3D 4\."),
    ),
    Profile(
        "raspberry-pi-5",
        "Raspberry Pi 5",
        "board",
        2023,
        4,
        (1.2, 1.8, 2.7),
        (3.6, 5, 6.5),
        (2.4, 3.1, 4),
        "Readings of USB power meters that its users publish: 2.7 to 3.5 W idle, 7 to 9 W with four cores busy; "
        "the difference. One core: a third of it.",
        Clues(r"V3D 7\."),
    ),
)
