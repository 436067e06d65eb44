# What the page's own program says, of all exhibits alike.

# While the side here begins to load.
page-starting = Starting
# Below the button that measures the times of both sides: while it measures, and when that has ended.
page-measured-of = Measured { $done } of { $runs }, taking turns.
page-measured = Measured { $done } times.
page-stopped-after = Stopped after { $done }.
# $problem is what went wrong.
page-stopped = Stopped: { $problem }
page-measuring-already = Another measurement is under way: let it end, or cancel it.
# Where this device is to be kept busy while its power is measured.
page-no-model = There is no model here to put to work.
# Why the side here is started again.
page-asked-threads = You asked for all threads
page-asked-again = You asked for another try
# Of one exhibit in another page.
page-one-thread = It uses one thread, as the page around it is not isolated.
