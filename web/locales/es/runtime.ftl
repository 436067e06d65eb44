# runtime: Python and the engine, which compute on this device, and the way to the server: how far they are, and what goes wrong.

# While the side here is started; stands beside how much of it is there.
runtime-fetching = Descargando Python y el motor
runtime-starting = Arrancando Python y el motor
runtime-ready = Python está listo
# Threads are those of a program. $why is one of the next two, which are also shown alone, with a point.
runtime-one-thread = Ha arrancado con un solo hilo porque { $why }.
runtime-why-starting = se detuvo mientras arrancaba
# A tab of the browser.
runtime-why-last-time = la última vez una pestaña se detuvo mientras arrancaba

# Models have names. "this tab" is one of the browser.
runtime-stands-in = { $used } sustituye a { $wanted }: esta pestaña se detuvo mientras se cargaba ese modelo. Elígelo de nuevo para volver a intentarlo.
# The same for another reason, which $text tells in English.
runtime-stood-in = { $used } sustituye a { $wanted }. En inglés: «{ $text }».
runtime-stands-in-for-others = { $used } sustituye a { $wanted }, cuyas respuestas en este dispositivo no son las que se grabaron.
runtime-no-agent = { $model } da en este dispositivo respuestas distintas de las grabadas, así que no se usa. Prueba con otro navegador.
runtime-no-variant = { $model } y todos los modelos mayores de su actividad dan en este dispositivo respuestas distintas de las grabadas. Usa la respuesta del servidor u otro navegador.

# Why it was started again. $reason is one of the messages from here on that have no point at their end.
runtime-starting-again = { $reason }; arrancando de nuevo
# What was asked meanwhile has no answer; the next one follows it.
runtime-run-lost = Se ha perdido esta ejecución
runtime-run-again = { $reason }. Vuelve a intentarlo.
runtime-memory = Su memoria había crecido hasta { $megabytes } MB
# $why is what the browser says, or one of the three after the next.
runtime-stopped = Python se ha detenido ({ $why })
runtime-stopped-times = Python se ha detenido { $times } veces ({ $why })
runtime-why-ended = algo lo ha cerrado
runtime-why-silent = no daba señales de vida
runtime-why-unloaded = no se ha podido cargar su programa

# Why it could not be started. $reason is what the browser says, or one of the runtime-file-… messages.
runtime-unloaded-python = No se ha podido cargar Python ({ $reason })
runtime-unloaded-engine = No se ha podido cargar el motor ({ $reason })
runtime-unloaded-models = No se ha podido cargar la lista de modelos ({ $reason })
runtime-file-status = { $url }: el servidor ha respondido { $status }
runtime-file-damaged = { $url } no es el archivo que se creó
runtime-file-no-pack = no es un paquete
# For a quicker start.
runtime-kept-broken = Lo que este dispositivo guardaba de Python ya no funciona
runtime-silent = No ha llegado nada durante { $seconds } segundos
runtime-many-stops = Al arrancar, Python ha cerrado esta pestaña más de una vez, así que no arranca por sí solo. Mientras tanto responde el servidor
runtime-no-simd = Este navegador no puede calcular con vectores (WebAssembly SIMD), que los modelos pequeños necesitan: Chrome y Edge pueden desde la versión 91, Firefox desde la 89 y Safari desde la 16.4
runtime-no-wasm = WebAssembly está desactivado en este navegador, como hacen los modos de aislamiento, y los modelos pequeños lo necesitan: permítelo para este sitio
# $reason is what the browser says.
runtime-no-worker = Este navegador no puede calcular en segundo plano ({ $reason }), y los modelos pequeños lo necesitan
# Comes before one of the above, which one of the next two follows.
runtime-nothing-runs = Nada funciona en este dispositivo
runtime-advice = Vuelve a cargar la página; si no basta, prueba con un Chrome, Firefox, Edge o Safari actual.
runtime-changed = Algo entre este dispositivo y el servidor cambia los archivos por el camino, como hacen algunos proxys y antivirus: con otra red puede que funcione.

# Why there is no answer here; the next one follows it. $error is what Python or the browser says.
runtime-python-failed = Python ha fallado
runtime-python-again = { $error }. Vuelve a intentarlo.
# Where nothing more is known.
runtime-again = Vuelve a intentarlo.

# The server is lost, and back. The device is the visitor's, where the small model answers.
runtime-there-lost-alone = No se puede contactar con el servidor; este dispositivo sigue solo
runtime-there-off-alone = La red está desactivada; este dispositivo sigue solo
runtime-there-back = El servidor ha vuelto
# What was asked of it has no answer: each title, and what follows it.
runtime-there-lost = No se puede contactar con el servidor
runtime-there-looking = La página lo sigue buscando; este dispositivo sigue solo.
runtime-there-off = La red está desactivada
runtime-there-switch = Actívala para preguntar al servidor.
runtime-there-failed = El servidor ha fallado
runtime-there-silent = Ha respondido { $status } sin decir por qué. Vuelve a intentarlo dentro de un momento.

# Other titles, where something tells in English what went wrong, which follows in runtime-in-english. English itself shows none of them.
runtime-in-english = En inglés: «{ $text }».
runtime-here-failed = Este dispositivo no ha podido dar una respuesta
runtime-here-422 = Esto no se puede usar
runtime-there-404 = El servidor no tiene esto
runtime-there-413 = Esto es demasiado grande para el servidor
runtime-there-422 = El servidor no puede usar esto
runtime-there-429 = Se le ha preguntado demasiado al servidor
runtime-there-503 = El servidor está ocupado
runtime-there-504 = El servidor ha tardado demasiado

# Of a language model on the server: what to do, after a title.
llm-not-recorded = En este servidor no funciona ningún modelo de lenguaje: lo grabado vale solo para las entradas ya preparadas. Elige una de ellas.
llm-full = Otras personas esperan al modelo de lenguaje. Vuelve a intentarlo dentro de un momento.
llm-late = El modelo de lenguaje no ha respondido a tiempo. Envía un texto más corto o vuelve a intentarlo.
# $why says it in English.
llm-lost = El modelo de lenguaje no está disponible ahora ({ $why }). Vuelve a intentarlo dentro de un momento o elige otro modelo.
llm-nonsense = El modelo de lenguaje no ha dicho nada que sirva ({ $why }). Prueba con otro texto o elige otro modelo.
