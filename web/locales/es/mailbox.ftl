# mailbox: a whole file of mails or other texts, each of which is answered on this device and listed.

mailbox-title = Un buzón entero
mailbox-here = Cada texto se lee y se responde en este dispositivo. No se envía nada.
# Names the field for files, on which they can be dropped, too.
mailbox-drop = Suelta aquí un buzón o elige archivos
# $size is "500.0 MB".
mailbox-limits = .mbox, .eml, .csv o .txt; hasta { $size } o { $texts } textos
mailbox-too-large = Estos archivos ocupan { $size }; se pueden leer hasta { $most } de una vez. Elige menos o divide el archivo.

# Before a choice of a table's columns.
mailbox-column = Columna con los textos
# One of them; $name is its name or its number, $example what is in its first row.
mailbox-column-of = { $name }: { $example }
mailbox-header = La primera fila tiene los nombres de las columnas
# Buttons.
mailbox-start = Empezar
mailbox-pause = { $paused ->
    [true] Continuar
   *[false] Pausa
}
mailbox-cancel = Terminar
mailbox-download = Descargar como CSV
mailbox-anew = Elegir otros archivos

# Names the bar.
mailbox-progress = Cuánto se ha leído
mailbox-pace = { $count ->
    [one] { $count } texto
   *[other] { $count } textos
}, { $rate } por segundo
mailbox-pace-left = { $count ->
    [one] { $count } texto
   *[other] { $count } textos
}, { $rate } por segundo; quedan { $minutes ->
    [0] { $seconds } s
   *[other] { $minutes } min { $seconds } s
}

# What is going on.
mailbox-state-ready = Está a punto de empezar.
mailbox-state-running = Leyendo.
mailbox-state-paused = En pausa.
mailbox-state-done = { $count ->
    [0] No contenía ningún texto.
    [one] Listo: { $count } texto.
   *[other] Listo: { $count } textos.
}
mailbox-state-ended = { $count ->
    [one] Terminado: se respondió { $count } texto.
   *[other] Terminado: se respondieron { $count } textos.
}
mailbox-full = Son { $count } textos y no se admiten más de una vez. Divide el archivo para el resto.
mailbox-failed = Se detuvo: { $problem } Lo que se respondió está abajo; elige otra vez los archivos para empezar de nuevo.
mailbox-file-problem = { $file }: { $problem }

# Energy so far, and what the models on the server would have taken.
mailbox-energy-here = Energía hasta ahora, aquí
mailbox-energy-there = Allí, { $name }

# What went over the network meanwhile, whatever for; $size is "0 B".
mailbox-moved = { $requests ->
    [one] Desde entonces, esta página hizo { $requests } petición por la red y envió { $size }.
   *[other] Desde entonces, esta página hizo { $requests } peticiones por la red y envió { $size }.
}

# The list; its name is heard only.
mailbox-table = Todos los textos con sus respuestas
mailbox-column-number = N.º
mailbox-column-label = Respuesta
mailbox-column-score = Puntuación
mailbox-column-text = Empieza por
# In the place of an answer: there was nothing to read.
mailbox-none = ninguna
mailbox-show = Mostrar
mailbox-show-all = todos ({ $count })
mailbox-show-label = { $name } ({ $count })
mailbox-words = Palabras en sus primeras letras
mailbox-shown = { $count ->
    [one] Se muestra { $count } texto.
   *[other] Se muestran { $count } textos.
}

# What is odd about one text.
mailbox-note-empty = No contiene nada.
mailbox-note-long = Más de 2 000 000 de letras: el resto se omitió.
mailbox-note-cut = El archivo parece cortado en medio de él.
mailbox-note-begun = El archivo parece empezar en medio de él.
mailbox-note-quote = En su línea unas comillas no se cierran como deben: la línea se tomó tal como está.
mailbox-note-lacking = Su fila no tiene esa columna.
mailbox-note-beginning = Solo se leyó su principio, como de cualquier texto largo.
mailbox-note-unread = No hay ninguna letra ni cifra que leer.
mailbox-note-refused = No se pudo usar.

# Said by the core.
mailbox-binary = { $name } no es un texto. Descomprime lo comprimido, guarda una tabla como CSV y un documento como texto sin formato.
mailbox-no-column = La tabla no tiene ninguna columna { $column }: elige una de las { $columns } que tiene.
