# Lo que ejecuta el modelo propio de un visitante junto a la página.
own-runtime-unusable = Este modelo no se puede usar
own-runtime-too-big = ocupa { $megabytes } MB y un navegador admite modelos de hasta { $most } MB. Para los más grandes, usa la línea de comandos.
own-runtime-lost = El trabajo con tu modelo se interrumpió
# $why es una frase sin su punto.
own-runtime-again = { $why }. La página está bien y tu modelo sigue aquí: inténtalo de nuevo, o prueba con un modelo más pequeño o menos muestras.
own-runtime-why-ended = La parte que ejecuta tu modelo se cerró: la cerraste tú o el navegador, que quizá se quedó sin memoria
own-runtime-closed = Tu modelo se cerró: ábrelo de nuevo.
own-runtime-stopped = Detenido, como pediste. No se cambió nada.
own-runtime-memory = No hay memoria suficiente para este modelo en este dispositivo. Cierra otras páginas o da menos muestras.
