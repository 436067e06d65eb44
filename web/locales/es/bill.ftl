# bill: what a month of an exhibit's answers costs in electricity, money and CO2 equivalent. "Here" is this device, "there" the server.

bill-title = La cuenta de un mes
# On paper. $exhibit is its name, such as "Read a digit".
bill-title-of = Cuánto cuesta un mes: { $exhibit }
bill-coming = Se está calculando…

# How often; the buttons after it. $times is a number of times a month.
bill-often = ¿Cuántas veces al mes?
bill-person = Una persona: { $times }
bill-school = Una escuela de 500: { $times }
bill-firm = Una empresa de { NUMBER(10000) }: { $times }
# A field, and the unit that stands behind it.
bill-times = O escribe cuántas veces
bill-times-unit = veces
# Below it. $each is 1,000 and $day some 33.
bill-people-note = Las tres cuentan { $each } por persona, unas { $day } al día: es una suposición.

# Above the totals.
bill-total = { $times ->
    [one] { $times } vez al mes:
   *[other] { $times } veces al mes:
}
# Below it, where nothing was measured back to back.
bill-light = Una estimación ligera a partir de las últimas respuestas; «Medir la energía», arriba, la hace más firme.
bill-way-here = Aquí
bill-way-there = Allí
bill-way-hosted = Un modelo de lenguaje en la nube
# Small, after these.
bill-place-here = en tu dispositivo
bill-place-there = en el servidor
bill-place-hosted = según lo publicado, no medido aquí
# $place is one of those above, $variant the id of a model.
bill-place = { $place }, { $variant }
# Each above a figure.
bill-electricity = Electricidad
bill-electricity-paid = Lo que cuesta
bill-tokens-paid = Lo que cuestan sus tokens
bill-co2e = CO2 equivalente
# In their place while an answer's energy is not known.
bill-first = Aún no se sabe: consigue antes una respuesta arriba.
# Below a drawing of the ranges.
bill-caption = Electricidad; las líneas son intervalos. Cada marca de la escala es diez veces la anterior.

# A figure with its range: "0.47 mWh (0.28 to 1.1 mWh)", or "up to $0.05".
bill-with-range = { $about } ({ $ends })
bill-up-to = hasta { $most }

# What is in the totals, and what is not.
bill-counted-marginal = Aquí y allí: lo que gastó arriba una respuesta, por el número de veces. Es lo que las respuestas añaden a aparatos que ya están encendidos; allí cuentan también el centro de datos y las redes.
bill-counted-idle-inclusive = Aquí y allí: lo que gastó arriba una respuesta, por el número de veces. Es todo lo que consumen los aparatos mientras tanto; allí cuentan también el centro de datos, las redes y tu dispositivo mientras espera.
bill-money = Su dinero es solo la electricidad, a un mismo precio: ni aparatos, ni servidores, ni el trabajo de nadie. En el modelo en la nube es lo que paga un cliente por los tokens, con todo incluido.
bill-hosted-boundary = La electricidad del modelo en la nube es la publicada para una petición, con los límites que otros eligieron; cada vez cuenta como una petición. Su intervalo va de la cifra más baja a la más alta, y no dice nada de lo seguras que son.
# $energy is a figure with its range.
bill-once = No está incluido: antes de su primera respuesta, cada dispositivo lo descarga y lo pone en marcha todo. La primera vez, eso gasta { $energy }.

# Opens at a click: fields, each with what stands below it.
bill-prices = Cambiar los precios y el país
bill-currency = Moneda
bill-currency-note = Los precios no se convierten: los supuestos son los mismos en las dos.
bill-price-per-kwh = Precio de un kWh
bill-price-per-million-tokens = Precio de un millón de tokens
bill-tokens-per-request = Tokens de una petición
bill-tokens-unit = tokens
bill-assumed = Vacío, es de { $low } a { $high }: una suposición de noviembre de 2026, sin consultar ninguna fuente. Cámbiala.
bill-country-note = Determina el CO2 equivalente aquí. Allí y en la nube es el que indica el operador, o la media mundial.

# The work: each total as a product.
bill-work = El cálculo
bill-work-says = Cada total es un producto; los extremos de su intervalo son productos de los extremos. Un vatio-hora (Wh) son 3600 J.
# $parts is such as "15 mJ (13 to 18 mJ) × 1,000".
bill-product = { $parts } = { $result }
bill-per-kwh = { $price } por kWh
bill-per-million = { $price } por millón
bill-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
bill-grid = { $mid } g ({ $low } a { $high } g) por kWh
bill-waiting = De ello, lo que consume tu dispositivo mientras espera cuenta con tu propia electricidad.
# Where "how often" comes from; $each is 1,000.
bill-chosen = { $who ->
    [person] una persona, suponiendo { $each }
    [school] una escuela de 500 personas, suponiendo { $each } por cada una
    [firm] una empresa de { NUMBER(10000) } personas, suponiendo { $each } por cada una
   *[other] lo has elegido tú
}
# A heading: what all the products have in common.
bill-inputs = En qué se apoyan

# At the foot. $date is such as "26 November 2026".
bill-date = Calculado el { $date }, en este dispositivo.
# Buttons, and what comes of the first.
bill-copy = Copiar enlace
bill-print = Imprimir
bill-copied = Copiado.
bill-selected = Seleccionado: cópialo con Ctrl+C.
bill-link-note = El enlace lleva tus números, no tu dispositivo: quien lo abra contará con el suyo.

# Units in the work.
energy-unit-tokens = { $count ->
    [one] token
   *[other] tokens
}

# Labels and sources of figures. Each is named after its English text, as the core tells it, and is that text in English.
figures-times-in-a-month = Veces en un mes
figures-chosen-by-you = elegidas por ti
figures-price-of-a-kwh = Precio de un kWh
figures-price-of-a-million-tokens = Precio de un millón de tokens
figures-tokens-of-one-request-with-its-answer = Tokens de una petición, con su respuesta
figures-an-assumption-of-november-2026-looked-up-nowhere-change-it = una suposición de noviembre de 2026, sin consultar ninguna fuente: cámbiala
figures-as-you-typed-it = como lo escribiste
figures-gemini-its-median-text-prompt = Gemini: su petición de texto mediana
figures-chatgpt-a-typical-request = ChatGPT: una petición típica
figures-chatgpt-its-average-request = ChatGPT: su petición media
figures-one-request-as-published = Una petición, según lo publicado
figures-electricity-in-a-month = Electricidad en un mes
figures-its-electricity-in-a-month = Su electricidad en un mes
figures-its-tokens-in-a-month = Sus tokens en un mes
figures-co2-equivalent-in-a-month = CO2 equivalente en un mes
# Of an exhibit that is played.
figures-computing-for-one-episode = Cálculo de un episodio
figures-added-up-over-all-its-steps = sumado en todos sus pasos
