# energy: what an answer here and one there take, as a label on the wall tells it. "Here" is this device, "there" the server.

energy-title = Energía

# While there is no balance yet, or one side alone.
energy-nothing-yet = La energía se dice en cuanto hayan respondido los dos lados.
energy-worked-out = Los dos lados han respondido. Se está calculando lo que han gastado.
energy-here-only = Solo se conoce la energía de este dispositivo: el servidor aún no ha respondido, o no dice la suya.
energy-there-only = Solo se conoce la energía del servidor: este dispositivo aún no ha respondido.

# The balance. $side takes less; $about, $low and $high are numbers such as "91" or "12,000".
energy-less = { $side ->
    [here] Una respuesta aquí gasta unas { $about } veces menos energía que allí; el valor real está entre { $low } y { $high }.
   *[there] Una respuesta allí gasta unas { $about } veces menos energía que aquí; el valor real está entre { $low } y { $high }.
}
energy-untold = Nadie puede saber cuál gasta menos energía: lo que no se sabe es mayor que la diferencia.

# What the balance rests on. Where both sides were measured, one by one, in turns: windows of so many seconds.
energy-measured = Medición seguida.
energy-measured-recorded = Medición seguida: { $windows } tramos de { $seconds }{"\u00a0"}s aquí. Allí, tal como se grabó.
energy-measured-both = Medición seguida: { $windows } tramos de { $seconds }{"\u00a0"}s aquí y { $answers } respuestas allí, por turnos.
energy-measured-here = Medición seguida: { $windows } tramos de { $seconds }{"\u00a0"}s aquí, por turnos.
# Follows one of those.
energy-advice = Elige tu dispositivo más abajo, o mídelo, para saber más.
energy-light = { $seconds ->
    [one] Una estimación ligera a partir de las últimas respuestas; medir alrededor de un segundo la hace más firme.
   *[other] Una estimación ligera a partir de las últimas respuestas; medir unos { $seconds } segundos la hace más firme.
}
energy-light-advice = { $seconds ->
    [one] Una estimación ligera a partir de las últimas respuestas; medir alrededor de un segundo, o elegir tu dispositivo más abajo, la hace más firme.
   *[other] Una estimación ligera a partir de las últimas respuestas; medir unos { $seconds } segundos, o elegir tu dispositivo más abajo, la hace más firme.
}
# While it is measured, and when that ended early.
energy-warming-up = Calentando.
energy-measuring-of = Midiendo: { $turn } de { $all } tramos.
energy-stopped = Detenido; no se ha cambiado nada.
energy-hidden = Esta pestaña estaba oculta, y las pestañas ocultas van más despacio: muéstrala y vuelve a medir.
# Buttons.
energy-measure = Medir la energía
energy-measure-again = Medir de nuevo
energy-cancel = Cancelar
# Names the bar that shows how far it is.
energy-measuring = Midiendo la energía
# $by is such as "23%".
energy-drift = { $change ->
    [slower] Este dispositivo se ha vuelto más lento mientras se medía, un { $by }: mide de nuevo cuando descanse.
   *[quicker] Este dispositivo se ha vuelto más rápido mientras se medía, un { $by }: mide de nuevo cuando descanse.
}

# The drawing: each side's energy, such as "less than 15 mJ" and "13 to 18 mJ".
energy-not-known = no se sabe
energy-less-than = menos de { $most }
energy-ends = { $from } a { $to }
# Below it, what it is the sum of, in a word or two: "server 0.2 J, data centre 0.1 J".
energy-term-here = este dispositivo { $amount }
energy-term-there = servidor { $amount }
energy-term-overhead = centro de datos { $amount }
energy-term-network = redes { $amount }
energy-term-waiting = espera de tu dispositivo { $amount }
energy-term = { $what } { $amount }
energy-counted-alone = se cuenta como: { $device }; no interviene nada más
energy-alone = no interviene nada más
energy-caption = Energía de una respuesta, en julios: 1 J son 1000 mJ. Las líneas son márgenes, y cada paso a la derecha es diez veces más.

energy-near = El servidor funciona en este mismo ordenador. Su centro de datos y las redes se cuentan como si estuviera lejos, como lo estaría para otras personas.
energy-recorded = Lo de allí se grabó, en la máquina nombrada arriba. Lo que gastarían las redes intermedias habría que sumarlo y no se puede saber: no se envió nada.

# What it comes to in daily life. The numbers are such as "91", or "2.5 million".
energy-everyday-none = Cuando se conozcan los dos lados, aquí se dirá a cuánto equivale en la vida diaria.
# $there and $here are times, as below.
energy-everyday-lamp = Una respuesta allí encendería una lámpara LED durante { $there }; una aquí, durante { $here }.
energy-everyday-phone = Respuestas que da la batería llena de un teléfono: { $here } aquí, o { $there } allí.
energy-everyday-tea = Respuestas que da el calor de una taza de té: { $here } aquí, o { $there } allí.
energy-break-even = Descargarlo y arrancarlo gasta energía primero. Respuestas necesarias para ahorrar otro tanto aquí: unas { $about } (entre { $low } y { $high }).
energy-break-even-open = Descargarlo y arrancarlo gasta energía primero. Respuestas necesarias para ahorrar otro tanto aquí: unas { $about } ({ $low } o más).
energy-break-even-never = Puede que una respuesta aquí no gaste menos que una allí, así que quizá la descarga no se compense nunca.

# How long a lamp would be lit. $count is what $number says, to choose the plural.
energy-time-days = { $number } días
energy-time-hours = { $number } horas
energy-time-minutes = { $number } minutos
energy-time-seconds = { $count ->
    [one] { $number } segundo
   *[other] { $number } segundos
}
energy-time-thousandths = { $count ->
    [one] una milésima de segundo
   *[other] { $number } milésimas de segundo
}
energy-time-millionths = { $count ->
    [one] una millonésima de segundo
   *[other] { $number } millonésimas de segundo
}
energy-time-instant = menos de una millonésima de segundo

# A choice of countries, after these words.
energy-country = Tu electricidad es la de
energy-country-world = la media del mundo
# $here and $there are such as "1.2 kg".
energy-co2e = { $answers ->
    [many] { $answers } de
   *[other] { $answers }
} respuestas aquí, con la electricidad { $country ->
    [world] media del mundo
   *[other] de { $country }
}: { $here } de CO2 equivalente. Otras tantas allí, con la electricidad { $grid ->
    [stated] que indica quien gestiona el servidor
   *[world] media del mundo, ya que quien gestiona el servidor no indica la suya
}: { $there }.

# A choice of two.
energy-boundary = Qué se cuenta
energy-boundary-marginal = Lo que añade la respuesta
energy-boundary-idle-inclusive = Todo lo que consumen los dispositivos mientras tanto
# "The second" is the second of the two choices.
energy-second = La segunda opción añade lo que los dispositivos consumirían de todos modos mientras dura una respuesta.
energy-second-unknown = Para la segunda opción hay que saber cuánto consumen en reposo este dispositivo y el servidor, y uno de los dos datos no se conoce.

# Units after a number. $count is that number, or "millions" where it is told as so many millions or billions.
energy-unit-answers = { $count ->
    [one] respuesta
    [millions] de respuestas
   *[other] respuestas
}
energy-unit-bytes = { $count ->
    [one] byte
   *[other] bytes
}
energy-unit-times = { $count ->
    [one] vez
    [millions] de veces
   *[other] veces
}
energy-unit-cores = { $count ->
    [one] núcleo
   *[other] núcleos
}
# What the share is one of: TDP is the power that a processor's maker states, "it" what a battery holds.
energy-unit-of-tdp = % del TDP
energy-unit-of-it = % de ella
energy-unit-of-the-power-above-idle = % de la potencia por encima del reposo

# While this device's power is measured, by a plug-in meter or its battery.
energy-hidden-phase = Esta pestaña estaba oculta, y las pestañas ocultas van más despacio: déjala en primer plano y empieza de nuevo.
energy-battery-charging = Se está cargando, o está enchufado: el nivel no dice entonces nada de lo que consume el dispositivo. Desenchúfalo primero. (Un dispositivo sin batería dice lo mismo: usa un medidor de enchufe.)
energy-battery-low = La batería está al { $percent }{"\u00a0"}%: por debajo del { $low }{"\u00a0"}% muchos dispositivos ahorran energía. Cárgala primero.
energy-battery-plugged = El dispositivo se ha enchufado mientras tanto, así que se ha detenido; no se ha cambiado nada.
