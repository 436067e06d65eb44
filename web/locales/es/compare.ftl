# compare: what an exhibit's page shows of both sides. "Here" is the small model on this device, "there" the big one on the server.

# In the place of an answer: it is on its way, or there is none.
compare-reading = leyendo…
compare-no-answer = sin respuesta
# After a large number of megabytes that have been fetched: "6.6 of 35.5 MB".
compare-load-of = de { $all }
# Names the bar of that; $all is "35.5 MB".
compare-loading = Cargando { $all }

# What to know about a side; "Here:" or "There:" comes before each.
compare-restarted = Se detuvo y se ha vuelto a arrancar.
# In the place of what went wrong, where nothing more is known of it; what was told of it follows.
compare-went-wrong = Algo ha fallado
# Follows what went wrong. Models are chosen further down on the page.
compare-or-another = O elige otro modelo más abajo.
# A button.
compare-try-again = Reintentar

# What both sides answered: "Same answer: 7."
compare-same-answer = La misma respuesta: { $answer }.
compare-other-answers = Respuestas distintas: { $here } aquí, { $there } allí. Tú sabes cuál es la correcta.

# Which side was quicker; $ratio is a number above 1.
compare-quicker-here = Aquí ha sido { $ratio } veces más rápido, contando el viaje hasta el servidor.
compare-quicker-there = Allí ha sido { $ratio } veces más rápido, incluso contando el viaje hasta el servidor.
compare-as-quick = Los dos han tardado más o menos lo mismo, contando el viaje hasta el servidor.
# Some browsers round their clock, to 100 ms for instance.
compare-unsure-here = Aquí ha sido más rápido; no se puede saber cuánto, porque el reloj de este navegador avanza a pasos demasiado grandes.
compare-unsure-there = Allí ha sido más rápido; no se puede saber cuánto, porque el reloj de este navegador avanza a pasos demasiado grandes.
compare-unsure = No se puede saber cuál ha sido más rápido, porque el reloj de este navegador avanza a pasos demasiado grandes.
# There is no server: what one answered was recorded, on another day.
compare-recorded-here = Aquí ha sido { $ratio } veces más rápido que la máquina de allí en su momento. No había viaje hasta un servidor, que habría que sumar.
compare-recorded-there = La máquina de allí fue { $ratio } veces más rápida en su momento. No había viaje hasta un servidor, que habría que sumar.
compare-recorded-as-quick = La máquina de allí tardó más o menos lo mismo en su momento. No había viaje hasta un servidor, que habría que sumar.

# The table of three figures; its name is heard only.
compare-figures-caption = Las cifras que importan
compare-how-long = Cuánto tarda
# Below "How long".
compare-asking = desde la pregunta hasta la respuesta
compare-asking-recorded = desde la pregunta hasta la respuesta; allí, solo el cálculo, como se grabó
compare-how-big = Cómo de grande
compare-how-often = Cuánto acierta
# Below "How often right": "of 10,000 test digits". $things is an exhibit's message, in the plural.
compare-tested = de { $n } { $things } de prueba

# What the smaller model loses; $n test things as above.
compare-same-model = Los dos lados usan el mismo modelo.
compare-loss-none = De { $n } { $things } de prueba, el modelo de aquí falla exactamente tantos como el de allí.
compare-loss-more = De { $n } { $things } de prueba, el modelo de aquí falla { $missed } más que el de allí.
# Where the one there was asked about a part of the test set only.
compare-share-none = De cada 100 { $things } de prueba, el modelo de aquí falla en tantos como el de allí, al que se le preguntó por { $n }.
compare-share-more = De cada 100 { $things } de prueba, el modelo de aquí falla en { $missed } más que el de allí, al que se le preguntó por { $n }.
compare-share-fewer = De cada 100 { $things } de prueba, el modelo de aquí falla en { $missed } menos que el de allí, al que se le preguntó por { $n }.
compare-loss-fewer = De { $n } { $things } de prueba, el modelo de aquí falla { $missed } menos que el de allí.
# In its place, where that was not measured.
compare-untested = No se sabe con qué frecuencia aciertan ambos modelos, así que no se puede comparar.

# Opens at a click. "It" is what this exhibit does: read a digit, for instance.
compare-bill = ¿Cuánto costaría en un mes?
# In its place, while its program is fetched, or where it could not be.
compare-program-comes = Un momento…
compare-program-lost = No se ha podido obtener. Comprueba que haya red y vuelve a cargar la página.

# From here on, what opens at a click; each begins with the heading that is clicked.
compare-all-figures = Todas las cifras
# Buttons: measure the same input so many times; end that.
compare-measure = Medir { $runs } veces
compare-cancel = Cancelar
# Names the bar that shows how far it is.
compare-measuring = Midiendo
# Names the table of all figures; heard only.
compare-all-caption = Todas las cifras, aquí y allí
compare-row-model = Modelo
compare-row-answers = Respuestas cronometradas
compare-row-total = Desde la pregunta hasta la respuesta
# Parts of "From asking to the answer".
compare-row-of-model = de eso, el modelo
compare-row-python = de eso, Python a su alrededor
compare-row-network = de eso, el viaje de ida y vuelta al servidor
# That way, on this device.
compare-no-way = nada
compare-row-loading = Carga del modelo
compare-row-sent = Enviado para una respuesta
compare-row-file = Archivo del modelo
# The model's parameters.
compare-row-numbers = Números en el modelo
compare-row-multiplications = Multiplicaciones para una respuesta
compare-row-recipe = Cómo se hizo
# Times: "3.5 ms, 95 % within 4.1 ms".
compare-spread = { $median }; el 95 %, en menos de { $most }
# "98.76 % of 10,000 (98.52 to 98.96 % with 95 % confidence)"
compare-share = { $share } de { $n } (de { $low } a { $high } con un 95 % de confianza)
# Below a drawing of both shares with their ranges, between the two ends of its scale.
compare-range = Cuánto acierta; las líneas son intervalos, con un 95 % de confianza

compare-models = Elegir otros modelos
compare-models-later = La lista de modelos aún no ha llegado.
compare-models-made = Del más grande al más pequeño; cada uno se hizo a partir de uno anterior.
# One of the list: "tiny-int8 (52 kB, 98.76 % right)"
compare-model = { $id } ({ $size }, { $share } de aciertos)
# The same where it is not known how often it is right.
compare-model-untested = { $id } ({ $size })
# Opens at a click.
compare-asked = Un modelo de lenguaje al que solo se le pregunta

compare-power = Cuánto consume tu dispositivo

compare-ran = Tu dispositivo y el servidor
# A table of facts: the name of each, and what is told of it where that is not a name or a number.
compare-fact-device = Tu dispositivo
compare-fact-device-later = se sabrá cuando esté listo
compare-fact-threads = Hilos en uso aquí
compare-threads = { $threads ->
    [one] { $threads } hilo
   *[other] { $threads } hilos
}
compare-fact-cores = Núcleos del procesador
compare-cores = { $cores } que ofrece este navegador
compare-fact-why = Por qué un solo hilo
# $why is a sentence without its point.
compare-fact-because = { $why }.
# A button: use all threads again.
compare-use-all = Volver a usarlos todos
compare-fact-memory = Memoria
compare-memory = { $gigabytes } GB o más
compare-fact-used = Memoria en uso aquí
compare-used = { $parts } para Python y el motor
compare-used-all = { $all } en total, { $parts } para Python y el motor
compare-fact-isolated = Aislado de otros sitios
compare-isolated = sí
compare-not-isolated = no: este navegador permite entonces un solo hilo
# What runs the model.
compare-fact-engine = Motor aquí
compare-fact-python = Python aquí
compare-fact-browser = Navegador
compare-fact-server-runs = El servidor usa
compare-fact-server-ran = El servidor usaba
# $provider is the name of an engine.
compare-fact-runs-with = { $threads ->
    [one] { $provider }, { $threads } hilo
   *[other] { $provider }, { $threads } hilos
}
compare-fact-server = El servidor
compare-fact-server-later = se sabrá tras su primera respuesta
# What it is read by.
compare-fact-meter = La energía del servidor
compare-meter-share = No se puede leer ningún contador de energía: segundos de CPU, por la parte de un núcleo en { $watts } W de TDP.
compare-meter-unknown = No se puede leer ningún contador de energía: segundos de CPU, por lo que gasta un núcleo ocupado de un servidor desconocido.

compare-snippet = Mostrar esto en tu propia página
compare-embed = Estas líneas muestran esta demostración sola, en un blog o un curso. Entonces usa un solo hilo, salvo que tu página esté aislada; todo lo demás es igual.
compare-embed-lines = Líneas para tu propia página
# A button, and what comes of it.
compare-copy = Copiar
compare-copied = Copiado.
compare-selected = Seleccionado: cópialo con Ctrl+C.
