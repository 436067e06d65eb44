tower-label = Construye una torre
tower-description = Dos agentes reconstruyen la misma torre. Uno pequeño piensa en tu dispositivo; uno grande actúa en el servidor.
tower-task-hanoi =
    Lleva la torre a la zona { $goal ->
        [left] izquierda
        [middle] central
       *[right] derecha
    }, bloque a bloque y nunca uno mayor sobre uno menor.
# $block is a block's name, such as b2; $onto an area, or a block's name.
tower-task-single =
    Pon { $block } sobre { $onto ->
        [left] la zona izquierda
        [middle] la zona central
        [right] la zona derecha
       *[other] { $onto }
    }.

# One side: its table, how it stands, and what it took. The name stands before what it does, in a line of its own.
tower-side-here = Aquí
tower-side-there = Allí
tower-side-how-here = ve, piensa y luego actúa
tower-side-how-there = una sola red grande lo hace todo
# Names a table, and is told of a push; $told is a sentence.
tower-side-told =
    { $side ->
        [here] Aquí
       *[there] Allí
    }: { $told }
# $problem is one sentence or more.
tower-stopped = Parado. { $problem }
tower-starting-here = Trayendo sus redes pequeñas.
tower-starting-there = Preparándose.
tower-done =
    { $moves ->
        [one] Hecho en { $moves } movimiento
       *[other] Hecho en { $moves } movimientos
    }; { $fewest ->
        [one] hace falta { $fewest }
       *[other] hacen falta { $fewest }
    }.
# $why is one of the next five.
tower-failed = Falló: { $why }.
tower-why-larger = un bloque mayor quedó sobre uno menor
tower-why-dropped = se cayó un bloque
tower-why-toppled = un bloque se volcó por el borde
tower-why-outside = un bloque quedó fuera de las zonas
tower-why-timeout = se agotaron los pasos
tower-thinking = Pensando.
tower-busy = El servidor está ocupado. Se le vuelve a preguntar en { $seconds } s.
tower-waiting = Esperando al servidor.
tower-reaching = Va hacia un bloque.
tower-carrying = Lleva { $block }.
tower-go-on = Continuar
tower-time = Tiempo
tower-time-way = con la ida y la vuelta
tower-time-computing = de cálculo
tower-energy = Energía
# From one amount to another, with their units.
tower-range = de { $low } a { $high }
tower-calls = Usos de modelos
tower-calls-here = de los pequeños; la mayoría los calcula Python mismo
tower-calls-there = uno cada 8 pasos
tower-moves = Movimientos
# How many were made, and how many are needed.
tower-moves-of = { $moves } de { $fewest }
tower-moves-fewest = los mínimos con los que se logra
# How much was sent to the server.
tower-sent = Enviado
tower-sent-recorded = nada: se grabó antes
tower-sent-back = { $size } de vuelta
tower-sent-nothing = nada sale de este dispositivo

tower-pause = Pausa
tower-play = Reproducir
tower-step = Un paso
tower-again = Empezar de nuevo
tower-another = Otra torre
tower-speed = Velocidad
tower-blocks = Bloques
tower-kind = Tarea
tower-kind-hanoi = toda la torre
tower-kind-single = un movimiento
# The areas between which the tower moves.
tower-from = Desde
tower-to = Hasta
tower-area-left = izquierda
tower-area-middle = centro
tower-area-right = derecha
# Goes on with the next two, each before a choice, and a button.
tower-push = Estorba: arrastra un bloque en cualquiera de las mesas mientras trabajan. Ambas reciben el mismo empujón. O
tower-push-block = mueve
tower-push-area = a la zona
tower-push-do = Empujar
tower-pushed = Has movido { $block }.
# Why comes after it.
tower-not-moved = No se ha movido.
tower-refused-falling = Ahora no se puede: un bloque está cayendo o ya ha acabado todo. Espera o empieza otra torre.
tower-refused-gripper = Así no se puede: la pinza está en medio. Elige otro lugar o espera.
tower-refused-place = Así no se puede: un bloque quedaría sobre uno menor, en un borde o fuera. Elige otro lugar.

# What goes on in the agent here. The first and the last of these four headings come after "Here" and "There".
tower-sees = ve
tower-knows = sabe
tower-plans = planea
tower-was-sent = se le envió
# $blocks are the names of blocks.
tower-picture =
    { $blocks ->
        [none] La imagen de la cámara, sin ningún recuadro
       *[some] La imagen de la cámara, con un recuadro alrededor de { $blocks }
    }
tower-picture-none = Aún nada
tower-picture-sent = La misma imagen, sin recuadros
tower-says-nothing = Aún no ha mirado.
tower-says-look = Miro dónde está todo.
tower-says-again = Vuelvo a mirar, para asegurarme.
tower-says-plan =
    { $steps ->
        [one] Tengo un plan: { $steps } paso.
       *[other] Tengo un plan: { $steps } pasos.
    }
tower-says-reach = Voy hacia { $block }.
tower-says-grasp = Tomo { $block }.
tower-says-carry =
    Llevo { $block } { $onto ->
        [left] a la zona izquierda
        [middle] a la zona central
        [right] a la zona derecha
       *[other] hasta { $onto }
    }.
tower-says-release =
    Pongo { $block } sobre { $onto ->
        [left] la zona izquierda
        [middle] la zona central
        [right] la zona derecha
       *[other] { $onto }
    }.
# $states is a number, as text.
tower-planned =
    { $steps ->
        [one] { $steps } paso, hallado
       *[other] { $steps } pasos, hallados
    } entre { $states } estados.
tower-replanned =
    Ha replanteado el plan { $times ->
        [one] una vez
       *[other] { $times } veces
    }.
# $expected and $saw are facts in the agent's own words, such as on(b0, left).
tower-replanned-why =
    Ha replanteado el plan { $times ->
        [one] una vez
       *[other] { $times } veces
    }: { $expected ->
        [none] no esperaba nada más
       *[some] esperaba { $expected }
    }; { $saw ->
        [none] no vio nada de eso
       *[some] vio { $saw }
    }.
tower-motions = Responde con movimientos. Lo que hay en medio, haya plan o no, no se puede ver.
tower-learned = Lo que aprendió mirando
tower-learned-how = Nadie escribió estas dos reglas. Son lo que tenían en común 50 demostraciones de apilar un bloque, ninguna de ellas una solución.
# The rules.
tower-learned-lost = No se han podido cargar.

tower-results = ¿Cuántas veces y a qué coste?
tower-results-how = Cada agente en { $episodes } episodios de cada tipo con los que ninguno se entrenó. Las líneas son márgenes: la vertical, dónde está la verdadera proporción de éxitos con un 95{"\u00a0"}% de confianza; la horizontal, lo que pudo gastar el cálculo de un episodio.
tower-results-here = aquí
tower-results-there = allí
tower-chart = Éxito frente a energía; las cifras están en la tabla de abajo
tower-chart-energy = energía de un episodio
tower-chart-number = cada número es el de bloques de la torre
tower-table = Todos los resultados
tower-table-success = éxito
tower-table-paper = los dos del artículo, según sus autores
tower-table-single = un movimiento
tower-table-blocks = { $blocks } bloques
tower-table-unshown = { $blocks } bloques, nunca mostrados
# $why is one of those after "Failed:".
tower-table-mostly = lo más frecuente: { $why }
tower-table-training = energía para entrenarlo
tower-table-for-success = energía por éxito, 3 bloques
tower-table-never = nunca lo logró
# A machine's name comes after it, and then how its energy was counted.
tower-machine = Ambos funcionaron en la misma máquina:
tower-machine-alone = La energía es solo la del cálculo; la mesa y la cámara simuladas no cuentan.
tower-study = Con una cámara peor que la de su entrenamiento
tower-study-noise = Grano de la imagen
tower-study-light = Luz y colores alterados
# A figure in words: its name, and the results at each level of what made the camera worse.
tower-study-told = { $label }. Éxitos con { $each }.
tower-study-at = { $level }: aquí { $here }, allí { $there }
tower-study-kind = Un movimiento con tres bloques. 1 es con lo que ambos se entrenaron.
tower-paper = Qué es distinto del artículo
tower-paper-how = Casi todo menos la idea. El robot del artículo tiene un brazo con muchas articulaciones y un motor de física; aquí una pinza se mueve arriba, abajo y a los lados sobre una mesa plana. Su modelo de extremo a extremo tiene miles de millones de parámetros y se ajustó en una tarjeta gráfica durante 40 horas; este tiene tres millones y aprendió durante poco más de una hora en dos núcleos de procesador, solo con demostraciones de esta mesa. Compara, pues, los dos agentes de esta página entre sí, y los dos del artículo entre sí.

tower-models = La red que actúa allí, de la más grande a la más pequeña. Aquí las pequeñas actúan juntas: una ve y cuatro mueven.

# The bill of a month: what to do while an episode's energy is not known, and what is in the totals.
tower-bill-first = Aún no se sabe: deja antes que esta mesa llegue hasta el final.
tower-bill-counted = Aquí y allí: lo que gastó el agente en calcular durante el episodio de arriba, acabara como acabara, por el número de veces, y nada más: ni centro de datos, ni redes, ni robot.
