# shared: what several parts of the page say.

# The two sides, as headings and in front of a sentence: the small model, on this device; the big one, on the server.
shared-side-here = Aquí
shared-side-there = Allí
# Small, after the heading.
shared-place-here = en tu dispositivo
shared-place-there = en el servidor
# In the place of "on the server", where its answers were recorded.
shared-recorded = como se grabó

# Units, after a number: "1.23 million". $bytes and $count are that number.
shared-bytes = { $bytes ->
    [one] byte
   *[other] bytes
}
shared-million = { $count ->
    [one] millón
   *[other] millones
}
# Spanish counts these in thousands of millions.
shared-billion = mil millones

# How much the model here has to compute, against the one there. Below "How big": short.
shared-portion-part = 1/{ $ratio } de los cálculos
shared-portion-times = { $ratio } veces los cálculos
shared-portion-same = casi los mismos cálculos

# The reason follows, in English.
shared-refused = Los modelos de esta demostración no se pueden usar.

# In the place of what was measured of an exhibit's models, until it is there, or where it can not be.
shared-results-loading = Cargando los resultados.
shared-results-lost = No se han podido cargar los resultados: { $problem }.
# What went wrong, in the sentence above.
shared-results-status = el servidor respondió { $status }
