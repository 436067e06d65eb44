# device: what energy is counted with on this device, and what a visitor may choose instead.

# The name of a device follows.
device-counted-as = Se cuenta como
# $why is a sentence.
device-not-changed = No se ha cambiado. { $why }
device-of-table = Un dispositivo de nuestra tabla
device-choose = Elige un dispositivo
# Headings of groups in a list of devices. Board: a small computer such as the Raspberry Pi.
device-group = { $kind ->
    [proposed] Propuesto
    [laptop] Portátiles
    [chromebook] Chromebooks
    [phone] Teléfonos
    [tablet] Tabletas
    [desktop] Ordenadores de sobremesa
   *[board] Placas
}
device-nearest = Basta con el más parecido: los márgenes son lo bastante amplios para sus parientes.
device-watts = Vatios que conoces
# Idle: switched on, doing nothing.
device-active = Por encima del reposo, mientras trabaja
device-active-hint = Lo que marca un medidor con carga, menos lo que marca en reposo.
device-idle = En reposo, si lo sabes
device-idle-hint = Puede quedar vacío.
# A button: these watts.
device-use-watts = Usar estos
device-tdp-title = El TDP del procesador
device-tdp-label = TDP, también llamado potencia base
device-tdp-hint = Lo indica la página del fabricante del procesador.
# A button: this TDP.
device-use-tdp = Usar este
device-stays = Todo esto se queda en tu dispositivo.
# Follows the sentence before.
device-not-kept = Este navegador no guarda nada para esta página, así que dura hasta que la cierres o la recargues.

# Why a device is proposed. $what is device-what, and $chip the name of a graphics chip.
device-fits = { $threads ->
    [0] Tu navegador dice que su chip gráfico es { $chip }: encaja { $what }.
    [one] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilo: encaja { $what }.
   *[other] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilos: encaja { $what }.
}
device-likely = { $threads ->
    [0] Tu navegador dice que su chip gráfico es { $chip }, lo que encaja con más de un dispositivo: un candidato probable es { $what }.
    [one] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilo, lo que encaja con más de un dispositivo: un candidato probable es { $what }.
   *[other] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilos, lo que encaja con más de un dispositivo: un candidato probable es { $what }.
}
# $what stands for many models.
device-broad = { $threads ->
    [0] Tu navegador dice que su chip gráfico es { $chip }: eso indica { $what }, pero no el modelo, así que uno intermedio representa a todos.
    [one] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilo: eso indica { $what }, pero no el modelo, así que uno intermedio representa a todos.
   *[other] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilos: eso indica { $what }, pero no el modelo, así que uno intermedio representa a todos.
}
# $what is a laptop with that chip: few computers without a screen are in the table.
device-stand-in = { $threads ->
    [0] Tu navegador dice que su chip gráfico es { $chip }, pero no menciona ninguna batería: { $what } tiene el mismo chip, y además una pantalla.
    [one] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilo, pero no menciona ninguna batería: { $what } tiene el mismo chip, y además una pantalla.
   *[other] Tu navegador dice que su chip gráfico es { $chip } y que hay { $threads } hilos, pero no menciona ninguna batería: { $what } tiene el mismo chip, y además una pantalla.
}
# $word is "iPhone" or "iPad".
device-one-of-many = Tu navegador dice que esto es un { $word }, pero no cuál: uno intermedio representa a todos.
# $word is what a phone calls itself: "Pixel 7".
device-named = Tu navegador llama { $word } a este dispositivo: encaja { $what }.
device-mac = Tu navegador dice que esto es un Mac, pero no cuál: es probable que sea { $what }, uno intermedio.
device-small-phone = Tu navegador indica un teléfono con { $memory } GB de memoria: es probable que sea { $what }.
# A laptop is known by its battery, and a desktop computer by having none.
device-of-kind = { $kind ->
    [laptop] Tu navegador indica un portátil, por su batería
    [chromebook] Tu navegador indica un Chromebook
    [phone] Tu navegador indica un teléfono
    [tablet] Tu navegador indica una tableta
    [desktop] Tu navegador indica un ordenador de sobremesa, por no tener batería
   *[board] Tu navegador indica una placa
}, pero { $reason ->
    [software] sus gráficos se dibujan por software, así que no nombra ningún chip
    [masked] solo nombra un grupo de chips gráficos
    [other] su chip gráfico, { $chip }, no está en nuestra tabla
   *[none] no nombra ningún chip gráfico
}. Por eso uno de su tipo lo representa, con un margen amplio: elige el tuyo si lo conoces.
device-guess = { $threads ->
    [0] Tu navegador dice poco de este dispositivo
    [one] Tu navegador dice que hay { $threads } hilo
   *[other] Tu navegador dice que hay { $threads } hilos
}, y { $reason ->
    [software] sus gráficos se dibujan por software, así que no nombra ningún chip
    [masked] solo nombra un grupo de chips gráficos
    [other] su chip gráfico, { $chip }, no está en nuestra tabla
   *[none] no nombra ningún chip gráfico
}: { $kind ->
    [laptop] un portátil
    [desktop] un ordenador de sobremesa
   *[board] una placa
} es una suposición, con un margen amplio; elige el tuyo si lo conoces.
# A device within a sentence: "a laptop with an Intel N100". $first is the first word of its English name.
device-what = { $first ->
    [Android] una { $name }
    [Board] una { $name }
    [Gaming] una { $name }
    [Office] una { $name }
    [Raspberry] una { $name }
    [Tablet] una { $name }
   *[other] un { $name }
}

# Names of devices. $name is one of the names below.
device-with-threads = { $name }, { $threads } hilos
device-typed = Tu cifra: { $watts } W
device-tdp = Un procesador de { $watts } W de TDP
# $date: 2026-01-31.
device-metered = Este dispositivo, medido (medidor de enchufe, { $date })
device-soaked = Este dispositivo, medido (prueba de batería, { $date })
# "Laptop with an Intel N100": $article is "a" or "an", and $chip one of the next three or a name.
device-with-chip = { $kind } con { $article ->
   *[a] un
} { $chip }
device-chip-generation = { $chip } u otro de la { $nth }.ª generación
device-chip-or = { $one } o { $other }
device-chip-similar = { $chip } o similar
# The names themselves, each named after its English text; it stays as it is where it has no message. First the kinds.
device-name-laptop = Portátil
device-name-phone = Teléfono
device-name-desktop = Ordenador de sobremesa
device-name-office-tower = Torre de oficina
device-name-small-computer = Ordenador pequeño
device-name-laptop-model-unknown = Portátil, modelo desconocido
device-name-chromebook-model-unknown = Chromebook, modelo desconocido
device-name-phone-model-unknown = Teléfono, modelo desconocido
device-name-tablet-model-unknown = Tableta, modelo desconocido
device-name-desktop-computer-model-unknown = Ordenador de sobremesa, modelo desconocido
device-name-board-with-an-arm-chip-model-unknown = Placa con un chip ARM, modelo desconocido
device-name-intel-core-i5-5200u-or-another-of-the-4th-and-5th-generation = Intel Core i5-5200U u otro de la 4.ª y la 5.ª generación
device-name-intel-core-ultra-7-258v-or-another-of-the-200v = Intel Core Ultra 7 258V u otro de los 200V
device-name-intel-core-i5-1240p-or-another-of-the-p-class = Intel Core i5-1240P u otro de la clase P
device-name-intel-core-i5-1145g7-for-companies = Intel Core i5-1145G7 (para empresas)
device-name-macbook-with-an-apple-chip-model-unknown = MacBook con un chip de Apple, modelo desconocido
device-name-macbook-with-an-apple-chip = MacBook con un chip de Apple
device-name-macbook-with-an-intel-processor = MacBook con un procesador Intel
device-name-m3-pro-or-m2-pro-m4-pro = M3 Pro (o M2 Pro, M4 Pro)
device-name-m4-or-m2 = M4 (o M2)
device-name-phone-with-small-cores-only-snapdragon-450-helio-p35-or-g35 = Teléfono solo con núcleos pequeños (Snapdragon 450, Helio P35 o G35)
device-name-phone-with-two-big-cores-helio-g80-to-g99-unisoc-t606-to-t616 = Teléfono con dos núcleos grandes (de Helio G80 a G99, de Unisoc T606 a T616)
device-name-exynos-of-the-middle-class-galaxy-a50-to-a55 = Exynos de gama media (de Galaxy A50 a A55)
device-name-exynos-of-the-upper-class-galaxy-s10-to-s24-in-europe = Exynos de gama alta (de Galaxy S10 a S24 en Europa)
device-name-dimensity-700-to-1080 = Dimensity 700 a 1080
device-name-google-tensor-pixel-6-to-9 = Google Tensor (Pixel 6 a 9)
device-name-snapdragon-845-to-888 = Snapdragon 845 a 888
device-name-snapdragon-8-gen-1-to-3 = Snapdragon 8 Gen 1 a 3
device-name-iphone-model-unknown = iPhone, modelo desconocido
device-name-iphone-11-or-se-of-2020-a13 = iPhone 11 o SE de 2020 (A13)
device-name-iphone-13-14-or-se-of-2022-a15 = iPhone 13, 14 o SE de 2022 (A15)
device-name-iphone-15-pro-16-or-later-a17-a18 = iPhone 15 Pro, 16 o posterior (A17, A18)
device-name-ipad-model-unknown = iPad, modelo desconocido
device-name-ipad-with-a12-to-a16-plain-ipad-mini-air-4 = iPad con A12 a A16 (iPad básico, mini, Air 4)
device-name-ipad-air-or-pro-with-m1-to-m4 = iPad Air o Pro con M1 a M4
device-name-android-tablet-of-the-lower-class-galaxy-tab-a-lenovo-m10-fire = Tableta Android de gama baja (Galaxy Tab A, Lenovo M10, Fire)
device-name-android-tablet-of-the-upper-class-galaxy-tab-s = Tableta Android de gama alta (Galaxy Tab S)
device-name-small-computer-with-a-laptop-s-intel-core-nuc-and-the-like = Ordenador pequeño con un Intel Core de portátil (NUC y similares)
device-name-small-computer-with-a-laptop-s-amd-ryzen = Ordenador pequeño con un AMD Ryzen de portátil
device-name-gaming-tower-core-i7-i9-ryzen-7-9 = Torre para juegos (Core i7, i9, Ryzen 7, 9)
device-name-unknown = desconocido
