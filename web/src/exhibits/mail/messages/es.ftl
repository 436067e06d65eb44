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
