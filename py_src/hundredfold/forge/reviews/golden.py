"""Texts that every model is asked on every device before it is used: written for this, none is out of the data."""

TEXTS = (
    "A wonderful, moving film with a superb cast.",
    "A dull, lifeless mess that wastes a good idea.",
    "I laughed from beginning to end and left the cinema happy.",
    "Two hours of boredom: the plot is stupid, the jokes fall flat, and nobody seems to care.",
    "Funny, touching and beautifully photographed!",
    "The worst film of the year, and a pointless one at that.",
    "Un film délicieux: a charming, brilliant and tender comedy 😀🎬",
    "A masterpiece. 傑作です。",
    "",
    "?! ... --",
    "Terrible.",
    " ".join(
        f"Reel {reel}: a rich and delightful story, powerfully acted, with wonderful music and a graceful ending."
        for reel in range(1, 61)
    ),
)
