# added: an exhibit that whoever runs this site added from a folder of theirs. Its title, its question and its labels are in their own words.

# Under the page's title.
added-lead = Un modelo pequeño responde aquí, en tu dispositivo; uno grande allí, en el servidor.
added-lead-recorded = Un modelo pequeño responde aquí, en tu dispositivo; uno grande allí, en un servidor cuyas respuestas se grabaron.
# A heading, and what stands below it. $licence is in the words of who added it, such as "CC-BY-4.0".
added-what = ¿Qué es esto?
added-comes-from = Quien lleva este sitio ha añadido esta demostración: sus modelos, sus ejemplos y sus textos son suyos. Se ha medido como las demás. Licencia: { $licence }.
# Follows it, where there is a server.
added-sent = Para la respuesta de allí, lo que das se envía al servidor.
# What its test set consists of: "of 40 test samples".
added-things = ejemplos

# After the exhibit's question, until there is something to work with, or where there will be nothing.
added-opening = Un momento …
added-not-fetched = No se ha podido descargar lo que le pertenece. Mira si hay red y vuelve a cargar la página.
# In the place of an answer.
added-nothing = aún no hay pregunta
# Names the lines that say how likely each label is; heard only.
added-scores = Probabilidad de cada etiqueta
# What its models are, above the list to choose one from.
added-models = Tal como los dio quien los añadió: primero el grande.
# Before ready-made pictures, texts or numbers.
added-choose = O elige una de estas opciones:

# Names the picture; heard only.
added-picture = Tu imagen
added-picture-none = Aún no hay imagen
# A button. A picture may also be dropped or pasted there.
added-open = Abrir una imagen
# What is wrong with a file.
added-file-one = Son varios archivos. Suelta uno cada vez.
added-file-large = El archivo pasa de 50 MB. Abre uno más pequeño.
added-file-unread = No se ha podido leer como imagen. Abre un archivo PNG, JPEG o WebP.
# Below a field for a number.
added-bounds = de { $low } a { $high }
