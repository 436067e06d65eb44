# language-model: what was measured of a language model that is only asked. "There" is the server, "here" the visitor's device.

# $name is a model's name, $params "1.78 billion", $size "1.1 GB".
llm-what = { $name } ({ $quantisation }; { $params } números, { $size }) no se entrenó para esto: lee el texto, después una pregunta sobre él, y su siguiente palabra es la respuesta.
# $day is a date, $where a machine.
llm-recorded = En este servidor no funciona ningún modelo de lenguaje. Lo que sigue se midió el { $day }, en { $where }, junto con sus respuestas a los textos ya preparados.
llm-live = Funciona en este servidor y responde a lo que escribas.
llm-live-other = En este servidor funciona otro modelo, { $name }, que responde a lo que escribas; lo que sigue se midió con el que se nombra arriba.
# A button.
llm-ask = Preguntarle allí, en vez de al modelo grande

llm-caption = Lo que se midió
# Rows of a table. $things are such as "mails".
llm-right = Aciertos, en { $n } de los { $of } { $things } de prueba
llm-uncalibrated = Lo mismo, leído tal como responde, sin sesgo
# "Not spam taken for Spam"
llm-taken = { $one }, tomado por { $other }
llm-student = Aciertos: { $id }, en todo el conjunto de prueba
llm-time = Tiempo de una respuesta, { $threads ->
    [one] un hilo
   *[other] { $threads } hilos
}
# $median, $low and $high are times; the ends are quartiles.
llm-time-told = { $median }; la mitad de las respuestas, entre { $low } y { $high }
llm-energy = Energía de una respuesta
llm-tokens = Tokens de una respuesta, en la mediana
llm-tokens-told = { $read } leídos y { $written } escritos; { $kept } de la pregunta y sus ejemplos se conservaban de antes
llm-engine = Motor
llm-file = sha256 de su archivo
# "87.2 % (84.0 to 89.9 % with 95 % confidence)"
llm-share = { $share } (de { $low } a { $high } con un 95 % de confianza)

llm-how = Cómo se le pregunta
llm-how-says = Solo puede responder «{ $one }» o «{ $other }»: cuenta lo probable que es cada una como siguiente palabra. De un texto se le dan las primeras { $letters } letras.
llm-shots = { $count ->
    [0] No lleva ejemplos delante.
    [one] Lleva delante un ejemplo con su respuesta.
   *[other] Lleva delante { $count } ejemplos con sus respuestas.
}
# $bias is a number.
llm-bias = A su logaritmo de probabilidades de «{ $answer }» se le suma { $bias }: fue lo mejor con otros textos (calibración).

llm-tried = Lo que se probó
llm-tried-says = Cada pregunta se probó con textos que no están en el conjunto de prueba ni entre sus ejemplos, la mitad de cada clase; las dos mejores, con más.
llm-tried-prompt = Pregunta; un número: con tantos ejemplos
llm-tried-n = Textos
llm-tried-plain = Aciertos, tal como responde
llm-tried-calibrated = Aciertos, con un sesgo

llm-published = Lo que se publica de los alojados
llm-published-says = No se midió aquí, ni con esta pregunta: lo que cuesta una petición según los límites de cada cual.
