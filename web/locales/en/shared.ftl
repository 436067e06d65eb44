# shared: what several parts of the page say.

# The two sides, as headings and in front of a sentence: the small model, on this device; the big one, on the server.
shared-side-here = Here
shared-side-there = There
# Small, after the heading.
shared-place-here = on your device
shared-place-there = on the server
# In the place of "on the server", where its answers were recorded.
shared-recorded = as recorded

# Units, after a number: "1.23 million". $bytes and $count are that number.
shared-bytes = { $bytes ->
    [one] byte
   *[other] bytes
}
shared-million = { $count ->
   *[other] million
}
shared-billion = billion

# How much the model here has to compute, against the one there. Below "How big": short.
shared-portion-part = 1/{ $ratio } of the arithmetic
shared-portion-times = { $ratio } times the arithmetic
shared-portion-same = about the same arithmetic

# The reason follows, in English.
shared-refused = The models of this exhibit can not be used.

# In the place of what was measured of an exhibit's models, until it is there, or where it can not be.
shared-results-loading = Loading the results.
shared-results-lost = The results could not be loaded: { $problem }.
# What went wrong, in the sentence above.
shared-results-status = the server answered { $status }
