# What the page's own program says, of all exhibits alike.

# While the side here begins to load.
page-starting = Arrancando
# Below the button that measures the times of both sides: while it measures, and when that has ended.
page-measured-of = Medido { $done } de { $runs } veces, por turnos.
page-measured = Medido { $done } veces.
page-stopped-after = Detenido tras { $done }.
# $problem is what went wrong.
page-stopped = Detenido: { $problem }
page-measuring-already = Hay otra medición en marcha: deja que termine o cancélala.
# Where this device is to be kept busy while its power is measured.
page-no-model = Aquí no hay ningún modelo que poner a trabajar.
# Why the side here is started again.
page-asked-threads = Has pedido usar todos los hilos
page-asked-again = Has pedido otro intento
# Of one exhibit in another page.
page-one-thread = Usa un solo hilo, porque la página que la rodea no está aislada.
