# recorded: on a site without a server, where what one answered was recorded. "There" is that server.

# A date, and names of machines.
recorded-says = Recorded on { $day }, on { $where ->
    [unknown] an unknown machine
   *[known] { $where }
}
recorded-notice = { recorded-says }.
# Comes before one of the next two, as a sentence or with a colon.
recorded-title = This copy of the site has no server
# Samples are ready-made inputs, such as drawings.
recorded-samples = What answers there was recorded, for the samples only. Choose one of them; what you make yourself is answered here.
# Comes after a colon. Its button is that of the tower.
recorded-episodes = what acts there was recorded, for some tasks that nobody disturbs. “{ tower-another }” shows one of those.
# Comes before one of the next two, as the title above.
recorded-lost = The recorded answers could not be loaded
recorded-reload = Reload the page.
# Where the page lies: it answered with an error, such as 404.
recorded-status = The host answered { $status }.
