# figures: what the balance of energy was computed from, behind "Show the working".

# Between two stars stands what is told apart from the rest.
figures-show = Ver el cálculo
figures-kinds = *Medido*: se leyó en un reloj o se contó. *Estimado*: se apoya en al menos una cifra que nadie midió para ti, como lo que consume un dispositivo parecido al tuyo o lo que otros publicaron. De cada cifra se da el valor bajo – medio – alto.
# A link, right after the sentences above.
figures-method = Cómo medimos
# A heading.
figures-side = { $side ->
    [here] Aquí
   *[there] Allí
}
# A heading: what is fetched and started once.
figures-before = Antes de la primera respuesta aquí
figures-nothing = Todavía no hay nada que mostrar: antes hace falta una respuesta.
# $what is one of the figures below.
figures-of-side = { $side ->
    [here] Aquí: { $what }
   *[there] Allí: { $what }
}
# Follows a figure, as in "15 mJ, measured".
figures-origin = { $origin ->
    [measured] medido
   *[estimated] estimado
}
figures-untold = no se indicó su fuente

# Labels of figures. Each is named after its English text, as the core tells it, and is that text in English.
figures-for-one-answer = Por cada respuesta
figures-for-one-correct-answer = Por cada respuesta correcta
figures-how-often-right = Con qué frecuencia acierta
figures-this-device-computes = Este dispositivo calcula
figures-the-server-computes = El servidor calcula
figures-its-data-centre-cooling-and-supply = Su centro de datos: refrigeración y suministro
figures-the-networks-between = Las redes entre ambos
figures-moved-request-and-answer = Transferido: petición y respuesta
figures-moved-python-the-engine-and-the-model = Transferido: Python, el motor y el modelo
figures-this-device-waits = Este dispositivo espera
figures-this-device-while-it-waits = Este dispositivo mientras espera
figures-fetching-and-starting-it-all-once = Descargarlo e iniciarlo todo, una vez
figures-this-device-starts-them = Este dispositivo los inicia
figures-starting-python-and-the-engine = Arranque de Python y del motor
figures-co2-equivalent = CO2 equivalente
figures-all-but-this-device-s-waiting = Todo menos la espera de este dispositivo
# Time.
figures-time-of-one-answer = Tiempo de una respuesta
figures-time-of-one-answer-here = Tiempo de una respuesta aquí
figures-cpu-time-of-one-answer-there = Tiempo de CPU de una respuesta allí
figures-time-from-asking-to-the-answer-there = Tiempo desde la pregunta hasta la respuesta de allí
# What a device draws. Idle: switched on, doing nothing. Above idle: what a task adds to that.
figures-idle = En reposo
figures-idle-with-its-screen = En reposo, con su pantalla
figures-idle-no-screen = En reposo, sin pantalla
figures-idle-as-you-typed-it = En reposo, según lo que escribiste
figures-idle-the-processor-alone = En reposo, solo el procesador
figures-idle-all-parts = En reposo, todas las partes
figures-idle-for-each-busy-core = En reposo, por cada núcleo ocupado
figures-idle-share-of-as-many-cores = Parte en reposo de otros tantos núcleos
figures-above-idle = Por encima del reposo
figures-above-idle-one-thread = Por encima del reposo, un hilo
figures-above-idle-one-thread-busy = Por encima del reposo, con un hilo ocupado
figures-above-idle-all-threads = Por encima del reposo, todos los hilos
figures-above-idle-all-threads-busy = Por encima del reposo, con todos los hilos ocupados
figures-threads-busy = Por encima del reposo, con hasta { $busy } de { $threads } hilos ocupados
figures-above-idle-as-you-typed-it = Por encima del reposo, según lo que escribiste
figures-above-idle-while-the-model-runs = Por encima del reposo mientras el modelo trabaja
figures-above-idle-all-parts = Por encima del reposo, todas las partes
figures-above-idle-for-each-busy-core = Por encima del reposo, por cada núcleo ocupado
figures-drawn-while-the-model-ran = Consumo mientras el modelo trabajaba
figures-reading-under-load = Lectura con carga
figures-reading-when-idle = Lectura en reposo
# $how is figures-battery-soak.
figures-drawn-under-load = Consumo con carga, { $how }
figures-drawn-when-idle = Consumo en reposo, { $how }
figures-what-the-battery-holds = Lo que almacena la batería
figures-charge-lost = Carga perdida
# Before a time: in so many seconds.
figures-in = en
# Processors. TDP: the power that a processor's maker states, also called base power.
figures-tdp-as-you-typed-it = TDP, según lo que escribiste
figures-tdp-of = TDP de { $processor }
figures-physical-cores-of-the-chip = Núcleos físicos del chip
figures-one-busy-core-above-idle = Un núcleo ocupado, por encima del reposo
# $processor is a name, or the message after it.
figures-busy-core-of = Un núcleo ocupado de { $processor }, por encima del reposo
figures-an-unknown-processor = un procesador desconocido
figures-one-idle-core = Un núcleo en reposo
figures-busy-cores = Núcleos ocupados
figures-busy-in-a-cpu-second = Ocupado en un segundo de CPU
# What is taken from the literature.
figures-drawn-by-an-idle-processor = Consumo de un procesador en reposo
figures-drawn-by-a-fully-loaded-processor = Consumo de un procesador a plena carga
figures-one-busy-thread = Un hilo ocupado
figures-one-busy-core-of-an-unknown-server = Un núcleo ocupado de un servidor desconocido
figures-a-busy-core-s-share-of-its-chip = La parte del chip que le toca a un núcleo ocupado
figures-power-of-the-data-centre-over-that-of-its-computers = Potencia del centro de datos respecto a la de sus ordenadores
figures-a-computer-at-home-or-in-a-school = Un ordenador en casa o en una escuela
figures-moving-a-byte-through-networks = Transferir un byte por las redes
figures-an-led-lamp-as-bright-as-a-60-w-bulb = Una lámpara LED que alumbra como una bombilla de 60 W
figures-a-full-phone-battery = Una batería de teléfono llena
figures-a-cup-of-tea-a-quarter-of-a-litre-from-15-to-100-c = Una taza de té: un cuarto de litro de 15 a 100 °C
# $country is written as the language writes it.
figures-electricity-of = Con la electricidad de { $country }
figures-with-the-electricity-of-the-world-on-average = Con la electricidad media del mundo
figures-with-the-electricity-of-the-world-on-average-since-its-operator-does-not-state-its-own = Con la electricidad media del mundo, ya que quien lo gestiona no indica la suya
figures-with-the-electricity-that-its-operator-states = Con la electricidad que indica quien lo gestiona

# Where figures come from, where that is no book or web page. Named after their English text, too, but for those with values.
figures-windows-timed = { $count } tramos cronometrados en esta máquina
figures-one-run-timed-on-this-machine = una ejecución cronometrada en esta máquina
figures-one-answer-by-the-cpu-clock-of-the-process-that-answered-all-its-threads = una respuesta, según el reloj de CPU del proceso que respondió, con todos sus hilos
figures-mean-of-answers = la media de { $count } respuestas, según el reloj de CPU del proceso que respondió, con todos sus hilos
figures-counted-by-this-page = contado por esta página
figures-clock-of-this-page-a-part-of-it-went-by-waiting-for-the-network = reloj de esta página; una parte se pasó esperando a la red
figures-test-inputs = { $count } entradas de prueba, con un intervalo del 95 %
figures-not-known = se desconoce
figures-grid-data = Our World in Data de { $year }, en la tabla de CodeCarbon; una hora suelta puede desviarse { $times } veces
# What a visitor typed or measured. $date: 2026-01-31.
figures-typed-on-this-device-taken-to-be-right-within-10 = escrito en este dispositivo; se toma por correcto con un margen del 10 %
figures-plug-in-meter = medidor de enchufe, { $date }
figures-battery-soak = prueba de batería, { $date }
figures-typed-worn-ones-hold-less = escrito; las gastadas almacenan menos
figures-levels = niveles del { $from } % al { $to } %, en pasos del { $step } %
figures-clock-of-this-device = reloj de este dispositivo
# The server: its processor, and its counters of energy. $covers is one of the messages from figures-rapl-whole on.
figures-codecarbon-s-table-of-processors-mit = tabla de procesadores de CodeCarbon (MIT)
figures-the-system-s-count-or-the-processor-s-name = el recuento del sistema o el nombre del procesador
figures-a-virtual-processor-may-be-half-a-core = un procesador virtual puede ser medio núcleo
figures-shared-cores = { $threads } hilos comparten { $cores } núcleos: algunos tienen un núcleo para ellos solos
figures-cpu-seconds-of-the-process-over-seconds-of-the-window = segundos de CPU del proceso entre los segundos del tramo
figures-lowest-window = { $covers }: el tramo más bajo visto hasta ahora
figures-over-seconds = { $covers }, durante { $seconds } s; también cuenta todo lo demás que hizo la máquina en ellos
figures-rapl-whole = contadores RAPL de { $count } chips y su memoria (sin fuente de alimentación, disco ni ventilador)
figures-rapl-some = contadores RAPL de { $count } chips y la memoria de { $some } de ellos (sin fuente de alimentación, disco ni ventilador)
figures-rapl-bare = contadores RAPL de { $count } chips, cuya memoria no tiene contador y no se incluye (sin fuente de alimentación, disco ni ventilador)
figures-rapl-counters-of-1-package-and-their-memory-no-mains-adapter-disk-or-fan = contadores RAPL de 1 chip y su memoria (sin fuente de alimentación, disco ni ventilador)
figures-rapl-counters-of-1-package-whose-memory-has-no-counter-and-is-left-out-no-mains-adapter-disk-or-fan = contadores RAPL de 1 chip, cuya memoria no tiene contador y no se incluye (sin fuente de alimentación, disco ni ventilador)
figures-gpus = Zeus: el contador de energía de { $count } GPU
figures-zeus-the-energy-counter-of-1-gpu = Zeus: el contador de energía de 1 GPU
# $variable is the name of a setting.
figures-stated = indicado por quien gestiona el servidor con { $variable }; se toma por correcto con un margen del 10 %
figures-it-has-no-data-centre-around-it = no tiene un centro de datos a su alrededor
figures-3-000-to-5-200-mah-at-3-85-v-as-makers-state-for-current-phones = de 3000 a 5200 mAh a 3,85 V, según los fabricantes de teléfonos actuales
figures-4-186-j-per-kg-and-degree-in-a-kettle-that-loses-10-to-35 = 4186 J por kg y grado, en un hervidor que pierde del 10 al 35 %
# A device of which only its kind is known.
figures-alike = Ningún dispositivo en concreto: los { $count } de este tipo que hay en la tabla con { $threads } hilos, del más bajo al más alto. Cada uno tiene su propia fuente.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-laptops-in-this-table-with-the-15-w-class-of-the-last-ten-years-in-the-middle = Ningún dispositivo en concreto: del más bajo al más alto de los portátiles de esta tabla, con la clase de 15 W de los últimos diez años en el medio.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-chromebooks-in-this-table-with-a-celeron-in-the-middle = Ningún dispositivo en concreto: del más bajo al más alto de los Chromebooks de esta tabla, con un Celeron en el medio.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-phones-in-this-table-with-the-middle-class-in-the-middle-weakly-sourced-as-they-are = Ningún dispositivo en concreto: del más bajo al más alto de los teléfonos de esta tabla, con la gama media en el medio. Como ellos, con fuentes débiles.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-tablets-in-this-table-with-a-plain-ipad-in-the-middle-weakly-sourced-as-they-are = Ningún dispositivo en concreto: del más bajo al más alto de las tabletas de esta tabla, con un iPad básico en el medio. Como ellas, con fuentes débiles.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-desktops-in-this-table-with-an-office-tower-in-the-middle = Ningún dispositivo en concreto: del más bajo al más alto de los ordenadores de sobremesa de esta tabla, con una torre de oficina en el medio.
figures-no-one-device-from-the-lowest-to-the-highest-of-the-boards-in-this-table-with-a-raspberry-pi-4-in-the-middle-faster-boards-draw-more = Ningún dispositivo en concreto: del más bajo al más alto de las placas de esta tabla, con una Raspberry Pi 4 en el medio. Las placas más rápidas consumen más.
