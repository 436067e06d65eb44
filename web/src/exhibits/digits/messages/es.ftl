digits-label = Dibuja un dígito
digits-description = Dibuja un dígito. Un modelo pequeño lo lee en tu dispositivo y uno grande en el servidor, lado a lado.
# What its test set consists of: "of 10,000 test digits".
digits-things = dígitos

# On the paper that is drawn on, while it is empty.
digits-hint = Dibuja un dígito, del 0 al 9
# Name the paper; heard only.
digits-paper-empty = Zona de dibujo, vacía
digits-paper-drawn = Tu dibujo
# Buttons: take the last line back; wipe the paper.
digits-undo = Deshacer
digits-clear = Borrar
# Names the ready-made drawings, and each of them; heard only.
digits-samples = O elige un dibujo
digits-sample = Dibujar un { $digit }

# In the place of an answer.
digits-nothing = aún no hay nada dibujado
# Names the bars, one for each digit; heard only.
digits-scores = Probabilidad de cada dígito
