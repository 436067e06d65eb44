# What stands on the page before any of its program runs.
page-title = Hundredfold: ¿cómo de pequeña puede ser y seguir acertando?
page-heading = ¿Cómo de pequeña puede ser una IA y seguir acertando?
page-preview = Un dígito dibujado, al que responden el modelo pequeño aquí y el grande allí.
# Names the row of tabs.
page-exhibits = Demostraciones
page-before = Aquí podrás probarlo en un momento.
page-before-late = Si este texto no desaparece, el programa de esta página no ha arrancado: puede que algo lo haya retenido o que se haya perdido por el camino. Vuelve a cargar la página o prueba con un Chrome, Firefox, Edge o Safari actual. El texto de abajo funciona sin él.
page-no-script = Para probarlo hace falta JavaScript, que está desactivado en este navegador. El texto de abajo funciona sin él.
page-privacy = No se guardan los dibujos ni los textos, no se cuentan las visitas y esta página no pide nada a ningún otro sitio web.
page-method = Cómo medimos (en inglés)
page-documentation = Documentación (en inglés)
page-interface = La interfaz del servidor (en inglés)
page-language = Idioma
page-embed-description = Una demostración de Hundredfold, para mostrarla en otra página.
page-embed-before-late = Si este texto no desaparece, el programa de esta página no ha arrancado: puede que algo lo haya retenido o que se haya perdido por el camino. Vuelve a cargar la página o prueba con un Chrome, Firefox, Edge o Safari actual.
page-embed-no-script = Hace falta JavaScript, que está desactivado.
# Comes after "Hundredfold:".
page-embed-says = el modelo pequeño funciona en esta página, en tu dispositivo.
# Said where the page's program did not start; $s is the name of a file, or what the browser says.
page-watch-file = Una página abierta como archivo no puede arrancar su programa: necesita un servidor web. En la carpeta de esta página, «python3 -m http.server» es uno.
page-watch-sandbox = La página que rodea a esta la muestra en un marco aislado («sandbox»), en el que su programa no arranca. Ábrela sola o permite en ese marco ambas cosas: allow-scripts allow-same-origin.
page-watch-old = Este navegador es demasiado antiguo para el programa de esta página: usa un Chrome, Firefox, Edge o Safari actual.
page-watch-lost = No se ha podido cargar una parte del programa de esta página ({ $s }): vuelve a cargarla. Si no basta, algo la retiene, como puede hacer una extensión o un filtro entre este navegador y el servidor.
page-watch-unread = Este navegador es demasiado antiguo para el programa de esta página, que no puede leer ({ $s }): usa un Chrome, Firefox, Edge o Safari actual.
page-watch-stopped = El programa de esta página se ha detenido mientras arrancaba ({ $s }): vuelve a cargarla. Si no basta, prueba con un Chrome, Firefox, Edge o Safari actual.
