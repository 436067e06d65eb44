# bill: what a month of an exhibit's answers costs in electricity, money and CO2 equivalent. "Here" is this device, "there" the server.

bill-title = The bill of a month
# On paper. $exhibit is its name, such as "Read a digit".
bill-title-of = What a month of it costs: { $exhibit }
bill-coming = It is being worked out …

# How often; the buttons after it. $times is a number of times a month.
bill-often = How often a month?
bill-person = One person: { $times }
bill-school = A school of 500: { $times }
bill-firm = A firm of { NUMBER(10000) }: { $times }
# A field, and the unit that stands behind it.
bill-times = Or type how many times
bill-times-unit = times
# Below it. $each is 1,000 and $day some 33.
bill-people-note = The three count { $each } for each person, some { $day } a day: an assumption.

# Above the totals.
bill-total = { $times ->
    [one] { $times } time a month:
   *[other] { $times } times a month:
}
# Below it, where nothing was measured back to back.
bill-light = A light estimate from the last answers; “Measure energy” above makes it firmer.
bill-way-here = Here
bill-way-there = There
bill-way-hosted = A hosted language model
# Small, after these.
bill-place-here = on your device
bill-place-there = on the server
bill-place-hosted = as published, not measured here
# $place is one of those above, $variant the id of a model.
bill-place = { $place }, { $variant }
# Each above a figure.
bill-electricity = Electricity
bill-electricity-paid = Money for it
bill-tokens-paid = Money for its tokens
bill-co2e = CO2 equivalent
# In their place while an answer's energy is not known.
bill-first = Not known yet: get an answer above first.
# Below a drawing of the ranges.
bill-caption = Electricity; lines are ranges. Each mark on the scale is ten times the one before.

# A figure with its range: "0.47 mWh (0.28 to 1.1 mWh)", or "up to $0.05".
bill-with-range = { $about } ({ $ends })
bill-up-to = up to { $most }

# What is in the totals, and what is not.
bill-counted-marginal = Here and there: what one answer took above, times how often. It is what answers add to devices that are on anyway; there, the data centre and the networks count too.
bill-counted-idle-inclusive = Here and there: what one answer took above, times how often. It is all that the devices draw meanwhile; there, the data centre, the networks and your device while it waits count too.
bill-money = Their money is the electricity alone, at one price: no devices, no servers, nobody’s work. For a hosted model, it is what a customer pays for tokens, with everything in it.
bill-hosted-boundary = The hosted model’s electricity is as published for one request, by others’ boundaries; each time counts as one request. Its range is from the lowest figure to the highest, and says nothing of how sure they are.
# $energy is a figure with its range.
bill-once = Not in it: before its first answer, each device fetches and starts everything. The first time, that takes { $energy }.

# Opens at a click: fields, each with what stands below it.
bill-prices = Change the prices and the country
bill-currency = Currency
bill-currency-note = Prices are not converted: the assumed ones are the same in both.
bill-price-per-kwh = Price of a kWh
bill-price-per-million-tokens = Price of a million tokens
bill-tokens-per-request = Tokens of one request
bill-tokens-unit = tokens
bill-assumed = Empty, it is { $low } to { $high }: an assumption of November 2026, looked up nowhere. Change it.
bill-country-note = It sets the CO2 equivalent here. There and hosted, it is what the operator states, or the world’s average.

# The work: each total as a product.
bill-work = The work
bill-work-says = Each total is a product; ends of its range are products of the ends. A watt-hour (Wh) is 3,600 J.
# $parts is such as "15 mJ (13 to 18 mJ) × 1,000".
bill-product = { $parts } = { $result }
bill-per-kwh = { $price } a kWh
bill-per-million = { $price } a million
bill-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
bill-grid = { $mid } g ({ $low } to { $high } g) a kWh
bill-waiting = Of it, what your device draws while it waits counts with your own electricity.
# Where "how often" comes from; $each is 1,000.
bill-chosen = { $who ->
    [person] one person, by an assumption of { $each }
    [school] a school of 500 people, by an assumption of { $each } for each
    [firm] a firm of { NUMBER(10000) } people, by an assumption of { $each } for each
   *[other] chosen by you
}
# A heading: what all the products have in common.
bill-inputs = What they rest on

# At the foot. $date is such as "26 November 2026".
bill-date = Worked out on { $date }, on this device.
# Buttons, and what comes of the first.
bill-copy = Copy link
bill-print = Print
bill-copied = Copied.
bill-selected = Selected: copy it with Ctrl+C.
bill-link-note = The link carries your numbers, not your device: whoever opens it counts on their own.

# Units in the work.
energy-unit-tokens = { $count ->
    [one] token
   *[other] tokens
}

# Labels and sources of figures. Each is named after its English text, as the core tells it, and is that text in English.
figures-times-in-a-month = Times in a month
figures-chosen-by-you = chosen by you
figures-price-of-a-kwh = Price of a kWh
figures-price-of-a-million-tokens = Price of a million tokens
figures-tokens-of-one-request-with-its-answer = Tokens of one request, with its answer
figures-an-assumption-of-november-2026-looked-up-nowhere-change-it = an assumption of November 2026, looked up nowhere: change it
figures-as-you-typed-it = as you typed it
figures-gemini-its-median-text-prompt = Gemini: its median text prompt
figures-chatgpt-a-typical-request = ChatGPT: a typical request
figures-chatgpt-its-average-request = ChatGPT: its average request
figures-one-request-as-published = One request, as published
figures-electricity-in-a-month = Electricity in a month
figures-its-electricity-in-a-month = Its electricity in a month
figures-its-tokens-in-a-month = Its tokens in a month
figures-co2-equivalent-in-a-month = CO2 equivalent in a month
# Of an exhibit that is played.
figures-computing-for-one-episode = Computing for one episode
figures-added-up-over-all-its-steps = added up over all its steps
