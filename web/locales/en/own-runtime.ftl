# What runs a visitor's own model beside the page.
own-runtime-unusable = This model can not be used
own-runtime-too-big = it has { $megabytes } MB, and a browser takes models of up to { $most } MB. Use the command line for larger ones.
own-runtime-lost = The work on your model ended
# $why is a sentence without its point.
own-runtime-again = { $why }. The page is well, and your model is still here: try again, or try a smaller model or fewer samples.
own-runtime-why-ended = The part that runs your model was ended, by you or by the browser, which may have run out of memory
own-runtime-closed = Your model was closed: open it again.
own-runtime-stopped = Stopped, as you asked. Nothing was changed.
own-runtime-memory = There is not enough memory for this model on this device. Close other pages, or give fewer samples.
