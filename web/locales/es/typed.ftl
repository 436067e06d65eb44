# typed: what is wrong with a number that somebody typed; it stands below the field.

shared-typed-nothing = Escribe primero un número aquí.
shared-typed-example = Escribe un número, como 7,5.
# $unit is the field's, such as W; $other is what was typed behind the number.
shared-typed-unit = Escribe el número en { $unit }: { $other } es otra unidad.
# $typed is such as 1,250: one thousand and more, $one, or a fraction of three digits, $other. The fraction has a digit more here, with which it is read as itself.
shared-typed-two = { $typed } puede leerse como { NUMBER($one, useGrouping: 0) } o como { NUMBER($other, useGrouping: 0, minimumFractionDigits: 4) }: escríbelo de una de estas dos formas.
shared-typed-range = Escribe un número de { $least } a { $most }.
