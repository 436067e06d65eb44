# offline: the switch that takes the network away, and what it says beside it.

# On the switch.
offline-network = { $network ->
    [off] Red desactivada
   *[on] Red activada
}
offline-waiting = Preparando el uso sin conexión.
# How much is kept so far, of how much: "6.6 MB".
offline-filling = Preparando el uso sin conexión: { $kept } de { $total }.
# The next three follow each other; where there is little room, the one in the middle is left out.
offline-ready = Todo listo para funcionar sin conexión:
offline-kept = hay { $size } guardados en este dispositivo.
offline-try = Desactiva la red y continúa.
# While the network is off: how much passed all the same. The next one follows it, where there is room.
offline-passed = { $sent } enviados, { $received } recibidos
# Goes on with the sentence before. This side: the small model on this device.
offline-since = { $refused ->
    [0] desde que se desactivó la red: { $requests ->
        [one] { $requests } petición
       *[other] { $requests } peticiones
    }. Este lado sigue funcionando.
    [one] desde que se desactivó la red: { $requests ->
        [one] { $requests } petición
       *[other] { $requests } peticiones
    }, { $refused } rechazada. Este lado sigue funcionando.
   *[other] desde que se desactivó la red: { $requests ->
        [one] { $requests } petición
       *[other] { $requests } peticiones
    }, { $refused } rechazadas. Este lado sigue funcionando.
}
offline-update = Hay una versión nueva.
# A button, right after "A new version is here."
offline-use = Usarla
# A button.
offline-install = Instalar como aplicación
# $file is the name of a file.
offline-mended = { $file } estaba dañado en este dispositivo y se ha vuelto a descargar.
offline-damaged = { $file } está dañado en este dispositivo. Se volverá a descargar cuando haya red.

# Why nothing is kept for offline use, or not all.
offline-missing-full = Este navegador no le da más espacio al sitio, así que no se guarda para usarlo sin conexión. Libera espacio y vuelve a cargar la página.
offline-missing-insecure = Para funcionar sin conexión hace falta una dirección con https o el propio equipo que sirve la página: aquí solo sigue con la red.
offline-missing-refused = Esta ventana no guarda nada para usarlo sin conexión, como hacen las ventanas privadas: todo lo demás funciona, con la red.
# $detail is one of the offline-detail-… messages.
offline-missing-changed = Algo entre este dispositivo y el servidor cambia los archivos por el camino, como hacen algunos proxys, antivirus y extensiones del navegador. Por eso no se guardan para usarlos sin conexión; con otra red puede que funcione ({ $detail }).
offline-missing-lost = No se puede contactar con el servidor, así que no se guarda nada nuevo para usarlo sin conexión.
offline-missing-silent = El navegador detuvo lo que guarda el sitio para usarlo sin conexión antes de que terminara.
offline-missing-other = No se ha podido guardar todo para usarlo sin conexión ({ $detail }).
# The side here: the small model on this device.
offline-missing-dead = Todo está guardado en este dispositivo, pero el lado de aquí no ha arrancado con ello, así que no funciona sin conexión.
# Follows one of the above.
offline-again = Se volverá a intentar dentro de un rato.

# Put in brackets into offline-missing-changed and offline-missing-other: what happened to the file of that name.
offline-detail-stalled = { $file }: no ha llegado nada durante { $seconds } segundos
offline-detail-status = { $file }: el servidor ha respondido { $status }
offline-detail-changed = { $file }: no llega como lo tiene el servidor
offline-detail-version = { $file }: el servidor ya tiene otra versión
offline-detail-off = { $file }: la red está desactivada
# $message is what the browser says.
offline-detail-fault = { $file }: { $message }

# A page that shows nothing but these, where another one is not kept. They stand in offline/service-worker/answers.js too.
offline-page-heading = Esta página no está aquí
offline-page-back = Volver a Hundredfold
offline-refused = La red está desactivada en esta página. Actívala para preguntar al servidor.
offline-file-missing-off = { $file } no está guardado en este dispositivo y la red está desactivada.
offline-file-missing-lost = { $file } no está guardado en este dispositivo y no se puede contactar con el servidor.
offline-file-damaged-off = { $file } está dañado en este dispositivo y la red está desactivada.
offline-file-damaged-lost = { $file } está dañado en este dispositivo y no se puede contactar con el servidor.
