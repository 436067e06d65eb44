# offline: the switch that takes the network away, and what it says beside it.

# On the switch.
offline-network = { $network ->
    [off] Network off
   *[on] Network on
}
offline-waiting = Getting ready to work offline.
# How much is kept so far, of how much: "6.6 MB".
offline-filling = Getting ready to work offline: { $kept } of { $total }.
# The next three follow each other; where there is little room, the one in the middle is left out.
offline-ready = Ready to work offline:
offline-kept = { $size } are kept on this device.
offline-try = Switch the network off, and go on.
# While the network is off: how much passed all the same. The next one follows it, where there is room.
offline-passed = { $sent } sent, { $received } received
# Goes on with the sentence before. This side: the small model on this device.
offline-since = { $refused ->
    [0] since the switch: { $requests ->
        [one] { $requests } request
       *[other] { $requests } requests
    }. This side goes on.
   *[other] since the switch: { $requests ->
        [one] { $requests } request
       *[other] { $requests } requests
    }, { $refused } turned away. This side goes on.
}
offline-update = A new version is here.
# A button, right after "A new version is here."
offline-use = Use it
# A button.
offline-install = Install as an app
# $file is the name of a file.
offline-mended = { $file } was damaged on this device and has been fetched again.
offline-damaged = { $file } is damaged on this device. It will be fetched again when the network is there.

# Why nothing is kept for offline use, or not all.
offline-missing-full = This browser gives the site no more room, so it is not kept for offline use. Free some space, then reload.
offline-missing-insecure = Working offline needs an address with https, or the computer that serves the page: here it goes on with the network only.
offline-missing-refused = This window keeps nothing for offline use, as private windows do: everything else works, with the network.
# $detail is one of the offline-detail-… messages.
offline-missing-changed = Something between this device and the server changes files on their way, as some proxies, virus scanners and extensions of browsers do. So they are not kept for offline use; another network may help ({ $detail }).
offline-missing-lost = The server can not be reached, so nothing new is kept for offline use.
offline-missing-silent = The browser ended what keeps the site for offline use before that was done.
offline-missing-other = Not everything could be kept for offline use ({ $detail }).
# The side here: the small model on this device.
offline-missing-dead = Everything is kept on this device, but the side here did not start on it, so it does not work offline.
# Follows one of the above.
offline-again = It is tried again in a while.

# Put in brackets into offline-missing-changed and offline-missing-other: what happened to the file of that name.
offline-detail-stalled = { $file }: nothing arrived for { $seconds } seconds
offline-detail-status = { $file }: the server answered { $status }
offline-detail-changed = { $file }: it arrives other than the server has it
offline-detail-version = { $file }: the server has another version of it by now
offline-detail-off = { $file }: the network is switched off
# $message is what the browser says.
offline-detail-fault = { $file }: { $message }

# A page that shows nothing but these, where another one is not kept. They stand in offline/service-worker/answers.js too.
offline-page-heading = This page is not here
offline-page-back = Back to Hundredfold
offline-refused = The network is switched off on this page. Switch it on to ask the server.
offline-file-missing-off = { $file } is not kept on this device, and the network is switched off.
offline-file-missing-lost = { $file } is not kept on this device, and the server can not be reached.
offline-file-damaged-off = { $file } is damaged on this device, and the network is switched off.
offline-file-damaged-lost = { $file } is damaged on this device, and the server can not be reached.
