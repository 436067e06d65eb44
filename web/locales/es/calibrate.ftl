# calibrate: measuring what this device draws, with a plug-in meter or by its battery, and what energy is counted with.
# Idle: the device rests. Under load: the model works on it, as hard as it can.

# What energy is counted with now. The title comes after "Counted as"; $watts is such as "7.5 W".
calibrate-counted-later = Se sabrá cuando esta página esté lista.
calibrate-counted-measured = Tu dispositivo, tal como lo mediste
calibrate-counted-typed = { $watts } por encima del reposo, según lo que escribiste
calibrate-counted-typed-why = Suponemos que tu cifra tiene un margen de error de una décima parte.
calibrate-counted-tdp = Un procesador con un TDP de { $watts }
calibrate-counted-tdp-why = Lo que consume al trabajar se calcula según cómo se comportan los procesadores: un margen amplio, y solo para el procesador.
calibrate-counted-chosen = Lo elegiste tú.
# $name is a device's.
calibrate-counted-instead = Lo elegiste tú. Nuestra propuesta era: { $name }.
# The lines of a table of watts: "Above idle" is what the device draws more than at rest.
calibrate-above-model = Por encima del reposo, mientras funciona el modelo
calibrate-above-work = Por encima del reposo, mientras trabaja
calibrate-above-one = Por encima del reposo, con un hilo trabajando
calibrate-above-all = Por encima del reposo, con los { $threads } hilos trabajando
calibrate-idle = En reposo
calibrate-load = Trabajando
calibrate-not-known = no se sabe
# A range of watts: "5.8 to 7.6 W".
calibrate-reach = { $low } a { $high }{"\u00a0"}W

# The visitor's own measurement: to use, to export as a file, to import from one, to delete.
calibrate-file-title = Tu propia medición
calibrate-file-none = Todavía no hay ninguna: mide más abajo o importa una que hayas exportado antes.
calibrate-file-deleted = Eliminada.
# $date is such as "2026-01-31". Without a full stop: one of the next three goes on with it, as $measured.
calibrate-measured-on = { $method ->
    [plug] Medido el { $date } con un medidor de enchufe
    [battery] Medido el { $date } por su batería
   *[other] Medido el { $date }
}
calibrate-measured = { $method ->
    [plug] Medido con un medidor de enchufe
    [battery] Medido por su batería
   *[other] Medido
}
calibrate-measured-alone = { $measured }.
calibrate-measured-as = { $measured }: { $watts } por encima del reposo.
# $range is calibrate-reach.
calibrate-measured-range = { $measured }: { $watts } por encima del reposo ({ $range }).
# Buttons.
calibrate-file-delete = Eliminar
calibrate-file-undo = Deshacer
calibrate-file-export = Exportar
calibrate-file-import = Importar
calibrate-file-use = Usarla
# Names the field in which a file is chosen.
calibrate-file-pick = Una calibración exportada por esta página
calibrate-file-large = Ese archivo es demasiado grande para ser una calibración.
calibrate-file-unread = El navegador no ha podido leer ese archivo: vuelve a elegirlo.

# With a plug-in meter.
calibrate-plug-title = Medirlo con un medidor de enchufe
calibrate-plug-needs = Necesitas un medidor que vaya entre el enchufe y la pared, y dos minutos. Si es un portátil o un móvil, cárgalo antes por completo y déjalo enchufado: si no, se mediría también lo que gasta en cargarse. Cierra lo demás que esté en marcha; deja esta página en primer plano y la pantalla con el brillo de siempre. Las lecturas se quedan en este dispositivo.
calibrate-plug-digit = La última cifra de tu medidor
# What to do now, at each step.
calibrate-step-start = Primero medio minuto de reposo y luego otro tanto de trabajo: en los dos lees el medidor.
calibrate-step-idle = Fase de reposo: { $seconds } segundos. No toques nada y mira el medidor.
calibrate-step-idle-read = Lee ahora el medidor y escribe lo que marca.
calibrate-step-load = Fase de trabajo: el modelo trabaja durante { $seconds } segundos. No toques nada y mira el medidor.
calibrate-step-load-read = Lee ahora el medidor, mientras el modelo sigue trabajando, y escribe lo que marca.
calibrate-step-load-over = El modelo se ha detenido. Si leíste el medidor mientras trabajaba, escribe eso; si no, repite la fase de trabajo.
calibrate-step-done = Entregado. Lo que se toma como consumo de tu dispositivo está arriba, en este apartado.
# Each follows a time that runs down: "25 s".
calibrate-left-idle = para que acabe la fase de reposo
calibrate-left-load = para que acabe la fase de trabajo
calibrate-left-model = para que se detenga el modelo
# Buttons.
calibrate-plug-start-idle = Empezar la fase de reposo
calibrate-plug-start-load = Empezar la fase de trabajo
calibrate-plug-use = Usar estas lecturas
calibrate-plug-load-again = Repetir la fase de trabajo
calibrate-plug-again = Medir de nuevo
calibrate-cancel = Cancelar
# Names of fields for watts.
calibrate-plug-idle = En reposo, el medidor marca
calibrate-plug-load = Trabajando, el medidor marca
calibrate-plug-hint = Si las últimas cifras oscilan, escribe un valor intermedio.
calibrate-plug-not-more = No es más que los { $watts } W en reposo: vuelve a leer el medidor, o cancela y empieza de nuevo.
calibrate-stopped = Detenido; no se ha cambiado nada.

# By the battery.
calibrate-battery-title = Medirlo por su batería
calibrate-battery-unable = Este navegador no dice a las páginas cuánta batería queda; Chrome y Edge sí. Un medidor de enchufe sirve con cualquier navegador, y además es más preciso.
calibrate-battery-how = El dispositivo descansa la mitad del tiempo y trabaja la otra mitad; lo que pierde la batería dice el resto. Déjalo desenchufado y con esta página en primer plano, no toques nada y mantén el brillo de siempre en la pantalla. Las lecturas se quedan en este dispositivo.
# A field for watt-hours, and a list to choose from instead.
calibrate-battery-holds = Capacidad de la batería
calibrate-battery-holds-hint = Está escrita en la batería o debajo del dispositivo, y en la página del fabricante. En un móvil, 1000 mAh son unos 3,85 Wh.
calibrate-battery-or = O más o menos como en
calibrate-battery-as-typed = Lo escrito
calibrate-battery-like = { $like ->
    [small-phone] Móvil pequeño, { $wh } Wh
    [phone] Móvil, { $wh } Wh
    [tablet] Tableta, { $wh } Wh
    [small-laptop] Portátil pequeño, { $wh } Wh
    [laptop] Portátil, { $wh } Wh
   *[large-laptop] Portátil grande, { $wh } Wh
}
calibrate-battery-long = Duración
calibrate-battery-minutes = { $minutes } minutos
calibrate-battery-surer = Cuanto más tiempo, más seguro: los navegadores solo dicen el nivel en pasos del 1{"\u00a0"}%.
calibrate-battery-ready = La mitad del tiempo descansa y luego trabaja: mientras tanto, puedes dejarlo solo.
# A button.
calibrate-battery-start = Empezar
# While it is under way, followed by the next one or by a warning.
calibrate-battery-now = { $phase ->
    [idle] En reposo.
   *[load] El modelo trabaja.
}
calibrate-battery-touch-nothing = No toques nada y deja esta página en primer plano.
# Follows a time that runs down: "4:25".
calibrate-left-in-all = { $phase ->
    [idle] restantes en total; ahora, en reposo
   *[load] restantes en total; ahora trabaja el modelo
}
# $idle and $load are such as "2 %". One of the two after it follows.
calibrate-battery-lost = Ha perdido un { $idle } en reposo y un { $load } trabajando.
calibrate-battery-too-little = Es demasiado poco para distinguir lo uno de lo otro: dale más tiempo o usa un medidor de enchufe. No se ha cambiado nada.
calibrate-battery-done = Lo que se toma como consumo de tu dispositivo está arriba, en este apartado.

# Why the readings, or an imported file, are refused: after "Not changed.", or alone.
calibrate-refused-charged = La batería se ha cargado entretanto: desenchufa el dispositivo y empieza de nuevo.
calibrate-refused-order = { $method ->
    [battery] Al trabajar debe consumir más que en reposo: mide durante más tiempo.
   *[plug] Al trabajar debe consumir más que en reposo: vuelve a leer ambos valores, cada uno cuando acabe su cuenta atrás.
}
# $value is what was given instead.
calibrate-refused-number = { $field ->
    [idle_w] La lectura en reposo son los vatios que marca el medidor: un número de { NUMBER($least, useGrouping: 0) } a { NUMBER($most, useGrouping: 0) }, no { $value }.
    [load_w] La lectura al trabajar son los vatios que marca el medidor: un número de { NUMBER($least, useGrouping: 0) } a { NUMBER($most, useGrouping: 0) }, no { $value }.
    [step_w] El paso es la última cifra del medidor, en vatios: un número de { NUMBER($least, useGrouping: 0) } a { NUMBER($most, useGrouping: 0) }, no { $value }.
   *[capacity_wh] La capacidad es la escrita en la batería, en vatios hora: un número de { NUMBER($least, useGrouping: 0) } a { NUMBER($most, useGrouping: 0) }, no { $value }.
}
calibrate-refused-file = Esto no es una calibración: elige un archivo que haya exportado esta página.
calibrate-refused-schema = Esta página solo lee calibraciones del esquema { $schema }: vuelve a calibrar.
calibrate-refused-watts = Dice más de { NUMBER($watts, useGrouping: 0) } W: vuelve a calibrar.
# $detail is what is wrong with the file, in English: somebody changed it.
calibrate-refused-damaged = El archivo está dañado o alguien lo ha cambiado: elige otro ({ $detail }).
