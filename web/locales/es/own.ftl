# own: la sala «Tu propio modelo»

own-title = Tu propio modelo
own-lead = No se sube nada: tu modelo y tus muestras se quedan en esta página, en tu dispositivo. Dale un archivo ONNX y mira qué contiene, cuánto tarda aquí y qué ahorra y qué pierde una versión más pequeña.
own-open = Abrirla aquí; se descargan unos 2 MB
own-no-script = Esto necesita JavaScript, que está desactivado.
own-comes = Un momento …
own-lost = No se pudo descargar. Mira si la red está activada; luego cierra esto y vuelve a abrirlo.

own-drop = Suelta aquí un modelo o elige su archivo
own-limits = .onnx de hasta { $megabytes } MB; para .tflite, .h5, .pt, .pkl, .safetensors y .gguf dice qué los convierte
own-another = Elegir otro modelo
own-try = Probar con un modelo de esta página
own-try-note = El modelo pequeño de la primera sala, antes de comprimirlo por última vez, y las muestras de su página.
own-try-lost = No se pudo descargar ese modelo. Mira si la red está activada e inténtalo de nuevo.
own-model-first = Las muestras solas no dicen nada: da un modelo y se leerán con él.
own-busy = Hay algo en marcha: espera o termínalo, y da luego las muestras.
own-one-model = Un modelo cada vez: se tomó { $name }.

own-fact-bytes = Archivo
own-fact-params = Números que contiene
own-fact-macs = Multiplicaciones por muestra
own-fact-memory = Memoria mientras funciona
own-opset = ONNX opset { $opset }, formato { $format }.
own-producer = Hecho con { $producer }.
own-quantized = Sus pesos ya son números enteros.
own-sha = SHA-256 { $sha }…
own-missing = { $count ->
    [one] Al motor de esta página le falta el operador { $operators }: este modelo se puede mirar aquí, pero no ejecutar.
   *[other] Al motor de esta página le faltan estos operadores: { $operators }. Este modelo se puede mirar aquí, pero no ejecutar.
}

own-ports = Entradas y salidas
own-port-way = Sentido
own-port-name = Nombre
own-port-dtype = Tipo
own-port-shape = Forma
own-port-in = entrada
own-port-out = salida
own-shape-none = no declarada
own-shape-single = un solo valor
own-operators = { $count ->
    [one] { $count } clase de operador
   *[other] { $count } clases de operadores
}
own-operators-table = Operadores
own-operator = Operador
own-operator-count = Cuántas veces
own-operator-here = En este motor
own-operator-yes = sí
own-operator-no = no
own-weights = { $count ->
    [one] Pesos de { $count } capa
   *[other] Pesos de { $count } capas, la mayor primero
}
own-weights-table = Pesos por capa
own-weight-layer = Capa
own-weight-shape = Forma
own-weight-params = Números
own-weight-bytes = Tamaño
own-more = { $count ->
    [one] Y { $count } más.
   *[other] Y { $count } más.
}

own-samples-title = Muestras, si las tienes
own-samples-why = Enseñan en qué se equivoca un modelo más pequeño. De 100 a 500 es un buen número.
own-samples-drop = Suelta aquí muestras o elige sus archivos
own-samples-folder = Elegir una carpeta
own-samples-kinds = Imágenes, con sus carpetas como etiquetas; .npz con un array por entrada y, si las hay, etiquetas; .npy; .csv; .txt, una línea por muestra
own-samples-none = Sin muestras, las entradas se inventan según las formas que declara el modelo, y no se dice nada de su acierto.
own-samples-are = { $count ->
    [one] { $count } muestra, de { $name }.
   *[other] { $count } muestras, de { $name }.
}
own-samples-few = Menos de { $few } muestras: lo que dicen del acierto es inseguro.
own-samples-left = { $count ->
    [one] Se dejó fuera { $count } más, repartida por igual: no caben todas a la vez.
   *[other] Se dejaron fuera { $count } más, repartidas por igual: no caben todas a la vez.
}
own-samples-unread = { $count ->
    [one] { $name } no se pudo leer como imagen y se dejó fuera.
   *[other] { $name } y otros, { $count } en total, no se pudieron leer como imágenes y se dejaron fuera.
}
own-samples-other = Otras muestras o ninguna
own-labels-are = { $count ->
    [one] { $count } etiqueta: { $names }.
   *[other] { $count } etiquetas: { $names }.
}
own-labels-none = No tienen etiquetas: el modelo más pequeño se compara con el original, no con lo correcto.
own-preview = Lo que recibe el modelo
own-sample = Muestra { $number }

own-reading = Cómo se leen
own-plan-size = { $channels ->
    [1] Cada imagen pasa a { $width } × { $height } píxeles de gris, como quiere el modelo.
   *[other] Cada imagen pasa a { $width } × { $height } píxeles en tres colores, como quiere el modelo.
}
own-plan-layout-first = Un color va detrás de otro (NCHW).
own-plan-layout-last = Los colores de cada píxel van juntos (NHWC).
own-plan-fit = Lo que no tiene esta forma
own-plan-fit-crop = muestra su centro
own-plan-fit-stretch = se estira
own-plan-order = Orden de los colores
own-plan-order-rgb = rojo, verde, azul
own-plan-order-bgr = azul, verde, rojo
own-plan-values = De oscuro a claro es
own-plan-values-unit = de 0 a 1
own-plan-values-byte = de 0 a 255
own-plan-values-signed = de −1 a 1
own-plan-values-imagenet = menos la media de ImageNet, entre su desviación
own-plan-values-own = menos una media, entre una desviación propias
own-plan-invert = Oscuro y claro
own-plan-invert-no = como son
own-plan-invert-yes = intercambiados
own-plan-width = Ancho
own-plan-height = Alto
own-plan-pixels = px
own-plan-open = El modelo lo deja abierto.
own-plan-mean = { $channel ->
    [red] Media del rojo
    [green] Media del verde
    [blue] Media del azul
   *[grey] Media
}
own-plan-std = { $channel ->
    [red] Desviación del rojo
    [green] Desviación del verde
    [blue] Desviación del azul
   *[grey] Desviación
}
own-plan-moment = De valores de 0 a 1.
own-table-use-numbers = { $count ->
    [one] { $count } columna de números es la entrada.
   *[other] { $count } columnas de números son la entrada, en su orden.
}
own-table-use-columns = Cada entrada es la columna de su nombre.
own-table-use-text = Una columna de textos es la entrada.
own-table-labels = Columna con las etiquetas
own-table-no-labels = ninguna
own-table-text = Columna con los textos
own-order = Cómo se llaman las salidas del modelo, una por línea, en su orden
own-order-note = { $sorted ->
    [true] Propuesto como numeran las carpetas y los nombres los programas de entrenamiento: ordenados. Ponlos en el orden de tu modelo si es otro.
   *[false] Las etiquetas son números, desde 0; los nombres solo se muestran.
}

own-run-title = Cuánto tarda aquí
own-run-note = { $real ->
    [true] Una muestra cada vez, tras unas pasadas de calentamiento.
   *[false] Una entrada inventada cada vez, tras unas pasadas de calentamiento.
}
own-unable = El motor de esta página no puede ejecutarlo.
own-run = Ejecutarlo { $repeats } veces
own-median = La mitad de las pasadas tarda menos de
own-of-runs = { $runs ->
    [one] de { $runs } pasada
   *[other] de { $runs } pasadas
}
own-p95 = El 95 % tarda menos de
own-p95-note = también las lentas
own-load = Abrirlo
own-load-note = una vez
own-energy = Energía de una respuesta
own-memory = Memoria en uso
own-memory-note = con Python y el motor

own-shrink-title = Uno más pequeño
own-shrink-note = Sus pesos pasan a ser números enteros o más cortos, y se quitan pasos innecesarios. Tu archivo queda como está.
own-shrink-quantized = Los pesos de este modelo ya son números enteros: quizá quede poco que ahorrar.
own-method = Cómo
own-method-auto = Automático: el más rápido que respeta el límite
own-method-static-int8 = int8 estático: pesos y valores entre capas
own-method-dynamic-int8 = int8 dinámico: sin muestras, no para convoluciones
own-method-weights-int8 = Pesos int8: solo se reduce el archivo
own-method-float16 = float16: la mitad del tamaño
own-method-name-auto = automático
own-method-name-static-int8 = int8 estático
own-method-name-dynamic-int8 = int8 dinámico
own-method-name-weights-int8 = pesos int8
own-method-name-float16 = float16
own-max-drop = { $of ->
    [accuracy] Puede perder de sus aciertos
   *[agreement] Puede responder distinto que el original
}
own-points = puntos
own-max-drop-note = { $of ->
    [accuracy] 0,5 puntos: de 1000 muestras, 5 errores más. Solo la forma automática lo respeta.
   *[agreement] 0,5 puntos: 5 de 1000 muestras. Solo la forma automática lo respeta.
}
own-shrink = Hacerlo más pequeño

own-progress = Cuánto va
own-cancel = Terminar
own-stopping = Terminando …
own-phase-fetch = Descargando lo necesario: { $share } %
own-phase-read = Leyendo muestras: { $share } %
own-phase-open = Abriendo el modelo …
own-phase-warm-up = Calentando …
own-phase-run = Midiendo: { $share } %
own-phase-simplify = Quitando pasos innecesarios …
own-phase-ranges = Mirando los valores entre capas: { $share } %
own-phase-quantize = Haciendo uno más pequeño …
own-phase-check = Probando lo hecho: { $share } %
own-phase-check-original = Probando el original: { $share } %
own-phase-time = Midiendo lo hecho: { $share } %
own-phase-layers = Mirando qué capas sufren más: { $share } %
own-phase-compare = Comparando los dos: { $share } %
own-phase-done = Ya casi está …
own-doing-open = Mirándolo …
own-doing-read = Leyendo muestras …
own-doing-run = Midiendo …
own-doing-shrink = Haciéndolo más pequeño …
own-ended-open = Terminado: no se abrió nada.
own-ended-read = Terminado: no se tomaron muestras.
own-ended-run = Terminado: no se midió nada.
own-ended-shrink = Terminado: no se cambió nada.
own-heard-model = { $name } está abierto.
own-heard-samples = Las muestras están leídas.
own-heard-perf = Los tiempos están ahí.
own-heard-outcome = El modelo más pequeño está ahí, junto al original.

own-outcome-title = Lado a lado
own-outcome-caption = El modelo más pequeño y el original
own-small = Más pequeño
own-original = Original
own-verdict-accuracy = { $change ->
    [less] { $share } del tamaño y { $points } puntos menos de aciertos.
    [more] { $share } del tamaño y { $points } puntos más de aciertos.
   *[same] { $share } del tamaño y los mismos aciertos.
}
own-verdict-agreement = { $all ->
    [true] { $share } del tamaño y la misma respuesta para todas las muestras.
   *[false] { $share } del tamaño y la misma respuesta en { $same } de las muestras.
}
own-verdict-none = Nada más pequeño respeta el límite.
own-verdict-size = { $share } del tamaño.
own-how-big = Qué tamaño
own-bytes-share = 1/{ $ratio } de los bytes
own-how-long = Cuánto tarda
own-how-long-note = una muestra, en este dispositivo
own-how-much = Cuánta energía
own-how-much-note = { $origin ->
    [measured] de una respuesta, medida
   *[estimated] de una respuesta, estimada
}
own-how-often = Cuántas veces acierta
own-how-often-note = { $n ->
    [one] de { $n } muestra tuya
   *[other] de { $n } muestras tuyas
}
own-how-alike = Cuántas veces igual
own-how-alike-note = { $n ->
    [one] que el original, de { $n } muestra tuya
   *[other] que el original, de { $n } muestras tuyas
}
own-made-up = Las entradas se inventaron según las formas del modelo. Eso dice algo del tamaño y del tiempo, y nada del acierto: para eso da muestras.
own-range-time = Cuánto tarda; de la más rápida a la más lenta salvo el 5 %
own-range-energy = Energía de una respuesta; de lo mínimo a lo máximo que puede ser
own-range-beyond = hasta { $most } →
own-floats = { $count ->
    [one] { $count } capa quedó como estaba, porque ahí los números enteros habrían dañado más: { $names }.
   *[other] { $count } capas quedaron como estaban, porque ahí los números enteros habrían dañado más: { $names }.
}
own-changed = { $count ->
    [0] Ninguna muestra tiene otra respuesta.
    [one] { $count } de { $n } muestras tiene otra respuesta
   *[other] { $count } de { $n } muestras tienen otra respuesta
}
own-deviation = Su salida se desvía de media un { $mean } del rango del original, y como mucho un { $worst }.
own-says-original = Original: { $label }
own-says-small = Más pequeño: { $label }
own-is = Es { $label }
own-more-changed = { $count ->
    [one] Y { $count } más; el informe la enumera.
   *[other] Y { $count } más; el informe las enumera.
}
own-tried = { $count ->
    [one] Lo que se probó: { $count } forma
   *[other] Lo que se probó: { $count } formas
}
own-tried-table = Lo que se probó
own-tried-method = Cómo
own-tried-floats = Capas que quedan
own-tried-bytes = Tamaño
own-tried-time = Tiempo
own-tried-loss = Puntos perdidos
own-tried-holds = Dentro del límite
own-tried-yes = sí
own-tried-no = no
own-take-model = Descargar el modelo más pequeño ({ $size })
own-take-report = Descargar el informe (JSON)
own-take-print = Imprimir esto
own-printed-on = { $date }, en este dispositivo. Original: SHA-256 { $sha }.
own-moved = { $requests ->
    [one] Desde que se abrió este modelo, esta página hizo { $requests } petición por la red y envió { $size }.
   *[other] Desde que se abrió este modelo, esta página hizo { $requests } peticiones por la red y envió { $size }.
}

own-samples-kind = { $name } no es ni una imagen ni .npy, .npz, .csv o .txt: guarda las muestras en uno de estos formatos.
own-samples-large = { $name } contiene más de lo que se puede leer a la vez: toma una parte.
own-samples-labels-only = { $name } solo contiene etiquetas: elige junto a él el archivo con las entradas.
own-files-many = Más de { $most } archivos: elige una carpeta con menos.
own-pictures-input = Ninguna entrada de este modelo puede ser una imagen: da sus entradas como .npz, con un array para cada una.
own-pictures-none = Este navegador no pudo leer { $name } como imagen: guárdala como PNG o JPEG.
own-canvas = Este navegador está configurado para que ninguna página lea los píxeles de una imagen tal como son: permítelo para este sitio o da las muestras como .npz.
own-npy-none = { $name } no es un array de numpy: guárdalo con numpy.save.
own-npy-cut = { $name } está cortado o dice contener más de lo que contiene: guárdalo de nuevo.
own-npy-objects = { $name } contiene objetos de Python, que aquí nunca se abren: guarda un array de números o de textos.
own-npy-kind = { $name } contiene números de una clase que aquí no se lee: guárdalo como float32, int64 o texto.
own-npz-empty = { $name } no contiene arrays: guárdalos con numpy.savez, cada uno con el nombre de su entrada.
own-npz-broken = { $name } está dañado o empaquetado de forma inusual: guárdalo de nuevo con numpy.savez.
own-table-empty = No hay nada en { $name }.
own-table-ragged = La fila { $row } de { $name } tiene { $found } celdas y la primera { $width }: da a todas las filas las mismas.
own-table-quote = En { $name } se abren unas comillas en la fila { $row } y no se cierran.
own-table-number = «{ $found }» en la fila { $row }, columna { $column }, no es un número: elige esa columna como etiquetas o quítala.
own-table-whole = Este modelo toma números enteros, y la columna { $column } tiene { $found }.
own-lines-empty = No hay texto en { $name }.
own-lines-numbers = Este modelo toma números y { $name } es texto: da sus entradas como .npz o .csv.
own-text-letters = { $name } no está escrito en UTF-8: guárdalo así.
own-labels-kind = Las etiquetas deben ser números enteros desde 0 o nombres: una por muestra.
own-order-missing = «{ $name }» es una etiqueta de las muestras y falta en tu lista.

# Said by the core, of a model, of samples, or of what came of them.
model-empty = El archivo está vacío: elige de nuevo el archivo .onnx o cópialo otra vez.
model-too-big = El archivo tiene { $bytes } bytes; se pueden abrir modelos de hasta { $most_bytes }: hazlo antes más pequeño o elige otro.
model-cut-off = El archivo está cortado o dañado: cópialo o descárgalo otra vez.
model-not-onnx = Esto no es un modelo ONNX: exporta el tuyo como .onnx y abre ese archivo.
model-html = Esto es una página web, no un modelo: descarga el archivo mismo, no la página que lo muestra.
model-pointer = Esto es un puntero de Git LFS, no el modelo: ejecuta git lfs pull y abre el archivo que trae.
model-archive = Esto es un archivo comprimido: descomprímelo y abre el .onnx que contiene.
model-picture = Esto es una imagen, no un modelo: abre un archivo .onnx y da las imágenes como muestras.
model-arrays = Esto es un archivo de arrays, no un modelo: abre un archivo .onnx y da los arrays como muestras.
model-format = Esto es un archivo de { $format }: conviértelo a ONNX con: { $command }
model-no-graph = El archivo no contiene ningún grafo, o uno sin salidas: exporta el modelo otra vez.
model-too-nested = Sus partes se anidan { $depth } veces; se pueden abrir hasta { $most }: expórtalo con menos anidamiento.
model-too-many-parts = Tiene más de { $most } partes: simplifícalo con onnxslim y abre lo que escribe.
model-numbers-loose = Guarda más de { $most_bytes } bytes de números uno a uno: guarda sus pesos como datos en bruto, con onnx.numpy_helper.from_array.
model-external-data = Sus pesos ({ $weight }) están en otro archivo: guárdalo en uno solo, con onnx.save(onnx.load(path), path, save_as_external_data=False).
model-weight-size = El peso { $weight } dice tener la forma { $shape }, que sus datos no llenan: exporta el modelo otra vez.
model-weight-dtype = El peso { $weight } tiene un tipo de datos ({ $dtype }) que ONNX no conoce: exporta el modelo otra vez.
model-name-long = Tiene un nombre de { $letters } letras; se leen hasta { $most }: cambia el nombre de esa parte y exporta el modelo otra vez.
model-names-twice = Tiene dos valores llamados { $value }: exporta el modelo otra vez con nombres propios.
model-value-missing = El operador { $op } toma { $value }, que nada produce: exporta el modelo otra vez.
model-cycle = Sus operadores se esperan en círculo (en { $value }): exporta el modelo otra vez.
model-unsorted = El operador { $op } está antes de lo que produce su entrada { $value }: ordena los operadores, por ejemplo con onnxslim.
model-recursion = Su función { $function } se llama a sí misma: exporta el modelo sin funciones propias.
model-opset-missing = No dice qué opset usa: exporta el modelo otra vez.
model-opset-new = Usa el opset { $opset } de { $domain }; aquí se conoce hasta el { $most }: expórtalo con un opset anterior.
model-ir-new = Su formato tiene la versión { $version }; aquí se conoce hasta la { $most }: expórtalo con una versión anterior de onnx.
model-training = Es un grafo de entrenamiento ({ $op }): exporta el modelo para inferencia.
model-attribute = El operador { $op } tiene { $attribute } = { $found }, lo que no puede ser: exporta el modelo otra vez.
model-axes = El operador { $op } produce un valor de { $axes } ejes; se permiten hasta { $most }: exporta el modelo otra vez.
model-not-utf8 = Sus nombres no son texto legible: el archivo está dañado; cópialo o descárgalo otra vez.
model-endless = Tiene un bucle que no termina por sí mismo ({ $loop }): expórtalo con un número limitado de vueltas.
model-expands = Sus constantes crecerían hasta { $needed_bytes } bytes al abrirlo; se permiten { $most_bytes }: expórtalo de modo que haga los valores grandes a partir de sus entradas.
model-memory = Necesitaría unos { $needed_bytes } bytes a la vez para una sola muestra; se permiten { $most_bytes }: expórtalo para entradas más pequeñas.
model-invalid = Incumple las reglas de ONNX ({ $why }): exporta el modelo otra vez.
model-slow = Se tarda demasiado en mirarlo: simplifícalo con onnxslim y abre lo que escribe.
note-sizes-assumed = Las dimensiones libres se tomaron así: { $sizes }.
note-memory-estimate = La memoria es una estimación: los pesos y los valores que viven a la vez para una muestra.
note-shapes-unknown = Los tamaños de { $count } valores no se conocen sin ejecutarlo, { $value } el primero: su aritmética no se cuenta, y la memoria puede ser más.
note-macs-left-out = No se pudo contar la aritmética de estos operadores: { $operators }.
note-loop-turns = Cuántas vueltas dan sus bucles depende de la entrada: su aritmética no se cuenta.
note-constants-unknown = Hace constantes cuyo tamaño no se conoce antes de abrirlo ({ $operators }).
note-operators-missing = El motor del navegador no ejecuta estos operadores: { $operators }.
note-operators-unknown = No se sabe si el motor del navegador ejecuta estos operadores: { $operators }.
note-sparse = Contiene pesos dispersos, que se cuentan como los despliega el motor.
samples-made-up = Las entradas se inventaron, así que no se puede decir nada del acierto.
samples-few = { $n } muestras son pocas: con menos de { $few }, lo que se dice del acierto es inseguro.
model-already-quantized = Los pesos del modelo ya son números enteros: da el modelo del que se hizo.
dynamic-convolutions = El int8 dinámico es para modelos de productos de matrices. Este tiene convoluciones, que con él serían más lentas y acertarían menos: elige int8 estático.
model-without-weights = El modelo no contiene pesos float32, así que no hay nada que reducir.
static-needs-samples = El int8 estático necesita muestras tuyas para ver qué valores aparecen: da algunas o elige pesos int8.
same-samples = Lo que pierde se midió con las mismas muestras que fijan sus rangos: compáralo también con otras.
limit-finer-than-samples = Una de las { $n } muestras comprobadas son { NUMBER($points, maximumFractionDigits: 1) } puntos, así que el límite de { $max_drop } no deja cambiar ninguna.
static-not-tried = El int8 estático no se probó: necesita muestras tuyas para ver qué valores aparecen.
nothing-holds = Nada más pequeño respeta los { $max_drop } puntos.
not-smaller = El resultado no es más pequeño: { $bytes } bytes, y el original tiene { $original }.
not-quicker = Aquí no es más rápido: { NUMBER($model_ms, maximumSignificantDigits: 2) } ms, y el original tarda { NUMBER($original_ms, maximumSignificantDigits: 2) }.
simplify-missing = El grafo no se simplificó: falta el programa para ello.
simplify-refused = El grafo no se simplificó: { $why }.
samples-dtype = La entrada { $input } toma { $wanted }, y las muestras son { $found }: dalas en ese tipo.
samples-shape = La entrada { $input } tiene la forma [{ $wanted }], y las muestras [{ $found }]: el primer eje cuenta las muestras y los demás son como los quiere el modelo.
samples-input-missing = El modelo necesita una entrada { $input }, y las muestras tienen { $found }: da un array con ese nombre.
samples-input-unknown = El modelo no tiene ninguna entrada { $input }; necesita { $needed }: quita ese array.
samples-empty = No hay muestras en el archivo: da al menos una.
samples-too-many = { $n } muestras inventadas de { $input } ocuparían demasiada memoria: da muestras tuyas.
repeats-out-of-range = Se puede ejecutar de 1 a 10.000 veces.
max-drop-range = El límite es un número de puntos de 0 a 100, no { $found }.
quantize-packed = { $method } guardó menos bits de los que necesitan los pesos, así que su resultado es incorrecto y no se entrega: elige otro método y avísanos, por favor.
samples-lengths = Debe haber tantas muestras en cada entrada como etiquetas, y al menos una, no { $found }.
samples-not-made-up = Para la entrada { $input } no se pueden inventar muestras: da las tuyas.
model-format-final = Esto es un archivo de { $format }, que nada convierte de vuelta: abre el .onnx del que se hizo.
model-opset-old = Usa el opset { $opset }, y no se pudo llevar al { $wanted }: expórtalo de nuevo con el opset { $wanted } o posterior.
models-differ = Los dos modelos tienen distintas { $what }, así que no se pueden comparar: da una pareja para una misma tarea.
activation-infinite = Con estas muestras, { $tensor } en el modelo es infinito: comprueba que las muestras tengan la escala del entrenamiento, o elige pesos int8.
quantize-failed = El cuantizador no puede con este modelo por { $method } ({ $why }): prueba de otra forma.
samples-label-unknown = Las etiquetas llegan hasta { $label } y el modelo distingue { $classes } clases: cuéntalas desde 0 o ponlas en el orden del modelo.
samples-labels = Las etiquetas deben ser números enteros desde 0, una por muestra, no { $found }.
samples-no-number = La muestra { $index } de la entrada { $input }, contada desde 0, contiene un valor infinito o que no es un número: quítala.
model-inputs-few = El operador { $op } tiene { $found } entradas y necesita { $least }: exporta el modelo otra vez.
note-dtypes-missing = El motor de esta página ni toma ni da { $dtypes }: el modelo no se puede ejecutar aquí.
