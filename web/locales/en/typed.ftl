# typed: what is wrong with a number that somebody typed; it stands below the field.

shared-typed-nothing = Type a number here first.
shared-typed-example = Type a number, such as 7.5.
# $unit is the field's, such as W; $other is what was typed behind the number.
shared-typed-unit = Type the number in { $unit }: { $other } is another unit.
# $typed is such as 1,250: one thousand and more, $one, or a fraction of three digits, $other.
shared-typed-two = { $typed } can be read as { NUMBER($one, useGrouping: 0) } or as { NUMBER($other, useGrouping: 0, minimumFractionDigits: 3) }: type it as one of these.
shared-typed-range = Type a number from { $least } to { $most }.
