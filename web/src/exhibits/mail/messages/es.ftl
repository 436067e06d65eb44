mail-label = Clasifica un correo
mail-description = Pega un correo. Un modelo pequeño en tu dispositivo y uno grande en el servidor dicen si es spam, lado a lado.
# What its test set consists of: "of 1,000 test mails".
mail-things = correos

# Names the field, below which what the models learnt from is said.
mail-field = Un correo, primero el asunto
mail-hint = Escribe, pega o suelta aquí un archivo .eml o .txt. Los modelos aprendieron de correos en inglés de 2002.
# Comes before ready-made mails, each a button with its subject.
mail-choose = O elige uno escrito para esta página (en inglés)
# In the place of the field, after its name: it is being fetched, or can not be.
mail-opening = está en camino…
mail-not-fetched = no se ha podido descargar. Comprueba la conexión y vuelve a cargar la página.

# The answers, large; also within a sentence: "Same answer: Spam."
mail-label-ham = No es spam
mail-label-spam = Spam
# Below an answer; $share is "97.3 %".
mail-sure = seguro al { $share }
# In the place of an answer.
mail-nothing = aún no hay nada que leer
# Names the bars, one for each answer; heard only.
mail-scores = Probabilidad de cada una
# Opens a field for files with many texts, each of which is answered.
mail-many = Todo un buzón de una vez

# Opens at a click: both mistakes that each model makes.
mail-errors = Con qué frecuencia se comete cada error
mail-errors-how = Cada modelo podría ser más estricto o más tolerante. A lo largo de su línea, cuantos más correos buenos toma por spam, menos spam deja pasar. Su marca es donde decide, y las líneas que la cruzan son intervalos, con un 95{"\u00a0"}% de confianza. Medido con { NUMBER($good) } correos buenos y { NUMBER($spam) } de spam; ningún modelo vio ninguno de ellos.
# Names the drawing; heard only.
mail-errors-chart = Correos buenos tomados por spam frente a spam que pasa; las cifras están en la tabla de abajo
# The two mistakes: names of the axes, and of columns.
mail-errors-lost = Correos buenos tomados por spam
mail-errors-missed = Spam que pasa
# A column, beside the two others.
mail-errors-none-lost = Spam que pasaría sin perder ningún correo bueno
# Names the table of the two mistakes at the marks; heard only.
mail-errors-figures = Los dos errores de cada modelo
# A share with its range: "0.37 % (0.16 % to 0.87 %)".
mail-errors-range = { $share } (de { $low } a { $high })
# $each is a list of what follows, one for each model that was asked.
mail-errors-hard = Ninguno de estos correos buenos parece spam, como lo parecen los boletines. Los hay entre los correos con los que aprendieron los modelos: cuando un modelo aún no los había visto, se tomaron por spam { $each }.
# $id is a model's name: "10.7 % (5.5 % to 19.7 %) of 75 by minilm-int8".
mail-errors-hard-of = el { $share } (de { $low } a { $high }) de { NUMBER($n) } por { $id }
# Opens at a click: a table of all that the lines are drawn from.
mail-errors-points = Todos los puntos de las líneas
