vowels-label = Escribe una palabra
vowels-description = Escribe una palabra. Un modelo pequeño la lee en tu dispositivo y uno grande en el servidor.
# What its test set consists of: "of 300 test words".
vowels-things = palabras

vowels-field = Una palabra
# Comes before ready-made words, each a button.
vowels-choose = O elige

# The answers: which kind of letters the word has more of.
vowels-label-vowels = vocales
vowels-label-consonants = consonantes
vowels-nothing = aún no hay nada escrito
# Names the bars, one for each answer; heard only.
vowels-scores = Probabilidad de cada una
