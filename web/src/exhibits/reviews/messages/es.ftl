reviews-label = Valora una crítica
reviews-description = Escribe una frase sobre una película. Un modelo pequeño en tu dispositivo y uno grande en el servidor dicen si está a favor o en contra, lado a lado.
# What its test set consists of: "of 1,000 test sentences".
reviews-things = frases

# Names the field, below which what the models learnt from is said.
reviews-field = Una frase sobre una película
reviews-hint = Escribe, pega o suelta aquí un archivo .txt. Los modelos aprendieron de frases en inglés de críticos de cine.
# Comes before ready-made sentences, each a button with its first words.
reviews-choose = O elige una escrita para esta página (en inglés)
# In the place of the field, after its name: it is being fetched, or can not be.
reviews-opening = está en camino…
reviews-not-fetched = no se ha podido descargar. Comprueba la conexión y vuelve a cargar la página.

# The answers, large; also within a sentence: "Same answer: Positive."
reviews-label-negative = Negativa
reviews-label-positive = Positiva
# Below an answer; $share is "97.3 %".
reviews-sure = seguro al { $share }
# In the place of an answer.
reviews-nothing = aún no hay nada que leer
# Names the bars, one for each answer; heard only.
reviews-scores = Probabilidad de cada una
# Opens a field for files with many texts, each of which is answered.
reviews-many = Todo un archivo de reseñas de una vez
