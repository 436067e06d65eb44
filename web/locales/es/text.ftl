# text: what every exhibit in which a text is read says.

# Buttons: empty the field; bring back what was in it before; choose a file to read.
text-clear = Borrar
text-undo = Deshacer
text-open = Abrir un archivo
# How long the text is.
text-letters = { $count ->
    [one] { $count } letra
   *[other] { $count } letras
}
# What came of a file that was dropped or chosen.
text-file-read = { $name } está ahora en el campo.
text-file-one = Son varios archivos. Suelta uno cada vez.
text-file-large = El archivo pasa de 2 MB. Abre uno más pequeño o pega la parte que importa.
text-file-binary = El archivo contiene algo que no es texto. Guárdalo como .txt o .eml y abre ese, o pega su texto.
text-file-empty = En el archivo no hay texto. Abre otro.
text-file-unread = No se ha podido leer el archivo. Abre un archivo, no una carpeta, que no se haya movido entretanto.

# Above what moved an answer: what of the text was read.
text-taken-apart = Es un correo con todas sus cabeceras: se han leído su asunto y su texto, nada más.
text-truncated = El texto es más largo de lo que lee este modelo: solo se ha leído el principio.
# A heading over the text with its words shaded.
text-moved = Qué ha movido la respuesta
# Explain the shading. A line looks as it says; each is followed by text-towards: "solid line: towards Spam".
text-line-solid = línea continua
text-line-dotted = línea de puntos
text-towards = hacia { $label }
# Names the text with its words shaded; $side is "Here" or "There". Heard only.
text-region = Las palabras que han movido la respuesta: { $side }
# The strongest words, instead of their shading; heard only. $words is a list.
text-strongest = Las que más, hacia { $label }: { $words }
# Below the text with its words shaded.
text-cut = El texto es largo: esto es lo que rodea a las palabras que más han movido la respuesta.
text-most = Solo se marcan las { $count } palabras que más la han movido.
text-exact = Cuanto más gruesa es la línea, más la ha movido. Este modelo suma sus palabras, así que las partes son exactas.
text-left-out = Cuanto más gruesa es la línea, más la ha movido. Se ha hallado preguntando otra vez sin unas pocas palabras vecinas cada vez: una aproximación.
# Where a model does not tell which words moved it; $time is "600 ms".
text-by-leaving-out = Este modelo no dice qué palabras lo han movido. Se puede averiguar quitando palabras y preguntando otra vez, en unos { $time }.
# A button, and what it says while that is under way.
text-show = Mostrarlas
text-on-its-way = Preguntando…
text-not-recorded = Este modelo no dice qué palabras lo han movido, y sin servidor no se le puede preguntar otra vez.
text-language-model = Un modelo de lenguaje al que solo se le pregunta no dice qué palabras influyeron.
text-no-words = No se ha encontrado ninguna palabra que lo haya movido.
# Where it is refused.
text-too-long = El texto tiene { $letters } letras. Envía como mucho { $most }, por ejemplo las primeras.
