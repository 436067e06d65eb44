# recorded: on a site without a server, where what one answered was recorded. "There" is that server.

# A date, and names of machines.
recorded-says = Grabado el { $day }, en { $where ->
    [unknown] una máquina desconocida
   *[known] { $where }
}
recorded-notice = { recorded-says }.
# Comes before one of the next two, as a sentence or with a colon.
recorded-title = Esta copia del sitio no tiene servidor
# Samples are ready-made inputs, such as drawings.
recorded-samples = Lo que responde allí se grabó, y solo para los ejemplos. Elige uno de ellos; a lo que hagas tú se responde aquí.
# Comes after a colon. Its button is that of the tower.
recorded-episodes = lo que actúa allí se grabó, para algunas tareas en las que nadie estorba. «{ tower-another }» muestra una de ellas.
# Comes before one of the next two, as the title above.
recorded-lost = No se han podido cargar las respuestas grabadas
recorded-reload = Vuelve a cargar la página.
# Where the page lies: it answered with an error, such as 404.
recorded-status = El sitio respondió { $status }.
