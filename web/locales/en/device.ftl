# device: what energy is counted with on this device, and what a visitor may choose instead.

# The name of a device follows.
device-counted-as = Counted as
# $why is a sentence.
device-not-changed = Not changed. { $why }
device-of-table = A device of our table
device-choose = Choose a device
# Headings of groups in a list of devices. Board: a small computer such as the Raspberry Pi.
device-group = { $kind ->
    [proposed] Proposed
    [laptop] Laptops
    [chromebook] Chromebooks
    [phone] Phones
    [tablet] Tablets
    [desktop] Desktop computers
   *[board] Boards
}
device-nearest = The nearest one will do: the ranges are wide enough for its relatives.
device-watts = Watts that you know
# Idle: switched on, doing nothing.
device-active = Above idle, while it works
device-active-hint = What a meter shows under load, less what it shows at rest.
device-idle = Idle, if you know it
device-idle-hint = May stay empty.
# A button: these watts.
device-use-watts = Use these
device-tdp-title = The processor’s TDP
device-tdp-label = TDP, also called base power
device-tdp-hint = The maker’s page of the processor tells it.
# A button: this TDP.
device-use-tdp = Use this
device-stays = All of this stays on your device.
# Follows the sentence before.
device-not-kept = This browser keeps nothing for this page, so it lasts until you close or reload it.

# Why a device is proposed. $what is device-what, and $chip the name of a graphics chip.
device-fits = { $threads ->
    [0] Your browser names its graphics chip as { $chip }: { $what } fits.
    [one] Your browser names its graphics chip as { $chip } and says that there is { $threads } thread: { $what } fits.
   *[other] Your browser names its graphics chip as { $chip } and says that there are { $threads } threads: { $what } fits.
}
device-likely = { $threads ->
    [0] Your browser names its graphics chip as { $chip }, which fits more than one device: { $what } is a likely one.
    [one] Your browser names its graphics chip as { $chip } and says that there is { $threads } thread, which fits more than one device: { $what } is a likely one.
   *[other] Your browser names its graphics chip as { $chip } and says that there are { $threads } threads, which fits more than one device: { $what } is a likely one.
}
# $what stands for many models.
device-broad = { $threads ->
    [0] Your browser names its graphics chip as { $chip }: that tells { $what }, not which, so that one in the middle stands for all of them.
    [one] Your browser names its graphics chip as { $chip } and says that there is { $threads } thread: that tells { $what }, not which, so that one in the middle stands for all of them.
   *[other] Your browser names its graphics chip as { $chip } and says that there are { $threads } threads: that tells { $what }, not which, so that one in the middle stands for all of them.
}
# $what is a laptop with that chip: few computers without a screen are in the table.
device-stand-in = { $threads ->
    [0] Your browser names its graphics chip as { $chip }, but no battery: { $what } has the same chip, and a screen besides.
    [one] Your browser names its graphics chip as { $chip } and says that there is { $threads } thread, but no battery: { $what } has the same chip, and a screen besides.
   *[other] Your browser names its graphics chip as { $chip } and says that there are { $threads } threads, but no battery: { $what } has the same chip, and a screen besides.
}
# $word is "iPhone" or "iPad".
device-one-of-many = Your browser says that this is an { $word }, but not which: one in the middle stands for all of them.
# $word is what a phone calls itself: "Pixel 7".
device-named = Your browser names this device { $word }: { $what } fits.
device-mac = Your browser says that this is a Mac, but not which: { $what } is likely, one in the middle.
device-small-phone = Your browser tells a phone with { $memory } GB of memory: { $what } is likely.
# A laptop is known by its battery, and a desktop computer by having none.
device-of-kind = { $kind ->
    [laptop] Your browser tells a laptop by its battery
    [chromebook] Your browser tells a Chromebook
    [phone] Your browser tells a phone
    [tablet] Your browser tells a tablet
    [desktop] Your browser tells a desktop computer by having no battery
   *[board] Your browser tells a board
}, but { $reason ->
    [software] its graphics are drawn in software, so that no chip is named
    [masked] it names only a group of graphics chips
    [other] its graphics chip, { $chip }, is not in our table
   *[none] no graphics chip is named
}, so one of its kind stands for it, with a wide range: choose yours if you know it.
device-guess = { $threads ->
    [0] Your browser says little about this device
    [one] Your browser says that there is { $threads } thread
   *[other] Your browser says that there are { $threads } threads
}, and { $reason ->
    [software] its graphics are drawn in software, so that no chip is named
    [masked] it names only a group of graphics chips
    [other] its graphics chip, { $chip }, is not in our table
   *[none] no graphics chip is named
}: { $kind ->
    [laptop] a laptop
    [desktop] a desktop computer
   *[board] a board
} is a guess, with a wide range; choose yours if you know it.
# A device within a sentence: "a laptop with an Intel N100". $first is the first word of its English name.
device-what = { $first ->
    [Android] an { $name }
    [iPad] an { $name }
    [iPhone] an { $name }
    [Office] an { $name }
   *[other] a { $name }
}

# Names of devices. $name is one of the names below.
device-with-threads = { $name }, { $threads } threads
device-typed = Your figure: { $watts } W
device-tdp = A processor of { $watts } W TDP
# $date: 2026-01-31.
device-metered = This device, measured (plug-in meter, { $date })
device-soaked = This device, measured (battery soak, { $date })
# "Laptop with an Intel N100": $article is "a" or "an", and $chip one of the next three or a name.
device-with-chip = { $kind } with { $article } { $chip }
device-chip-generation = { $chip } or another of the { $nth }th generation
device-chip-or = { $one } or { $other }
device-chip-similar = { $chip } or similar
# The names themselves, each named after its English text; it stays as it is where it has no message. First the kinds.
device-name-laptop = Laptop
device-name-phone = Phone
device-name-desktop = Desktop
device-name-office-tower = Office tower
device-name-small-computer = Small computer
device-name-laptop-model-unknown = Laptop, model unknown
device-name-chromebook-model-unknown = Chromebook, model unknown
device-name-phone-model-unknown = Phone, model unknown
device-name-tablet-model-unknown = Tablet, model unknown
device-name-desktop-computer-model-unknown = Desktop computer, model unknown
device-name-board-with-an-arm-chip-model-unknown = Board with an ARM chip, model unknown
device-name-intel-core-i5-5200u-or-another-of-the-4th-and-5th-generation = Intel Core i5-5200U or another of the 4th and 5th generation
device-name-intel-core-ultra-7-258v-or-another-of-the-200v = Intel Core Ultra 7 258V or another of the 200V
device-name-intel-core-i5-1240p-or-another-of-the-p-class = Intel Core i5-1240P or another of the P class
device-name-intel-core-i5-1145g7-for-companies = Intel Core i5-1145G7 (for companies)
device-name-macbook-with-an-apple-chip-model-unknown = MacBook with an Apple chip, model unknown
device-name-macbook-with-an-apple-chip = MacBook with an Apple chip
device-name-macbook-with-an-intel-processor = MacBook with an Intel processor
device-name-m3-pro-or-m2-pro-m4-pro = M3 Pro (or M2 Pro, M4 Pro)
device-name-m4-or-m2 = M4 (or M2)
device-name-phone-with-small-cores-only-snapdragon-450-helio-p35-or-g35 = Phone with small cores only (Snapdragon 450, Helio P35 or G35)
device-name-phone-with-two-big-cores-helio-g80-to-g99-unisoc-t606-to-t616 = Phone with two big cores (Helio G80 to G99, Unisoc T606 to T616)
device-name-exynos-of-the-middle-class-galaxy-a50-to-a55 = Exynos of the middle class (Galaxy A50 to A55)
device-name-exynos-of-the-upper-class-galaxy-s10-to-s24-in-europe = Exynos of the upper class (Galaxy S10 to S24 in Europe)
device-name-dimensity-700-to-1080 = Dimensity 700 to 1080
device-name-google-tensor-pixel-6-to-9 = Google Tensor (Pixel 6 to 9)
device-name-snapdragon-845-to-888 = Snapdragon 845 to 888
device-name-snapdragon-8-gen-1-to-3 = Snapdragon 8 Gen 1 to 3
device-name-iphone-model-unknown = iPhone, model unknown
device-name-iphone-11-or-se-of-2020-a13 = iPhone 11 or SE of 2020 (A13)
device-name-iphone-13-14-or-se-of-2022-a15 = iPhone 13, 14 or SE of 2022 (A15)
device-name-iphone-15-pro-16-or-later-a17-a18 = iPhone 15 Pro, 16 or later (A17, A18)
device-name-ipad-model-unknown = iPad, model unknown
device-name-ipad-with-a12-to-a16-plain-ipad-mini-air-4 = iPad with A12 to A16 (plain iPad, mini, Air 4)
device-name-ipad-air-or-pro-with-m1-to-m4 = iPad Air or Pro with M1 to M4
device-name-android-tablet-of-the-lower-class-galaxy-tab-a-lenovo-m10-fire = Android tablet of the lower class (Galaxy Tab A, Lenovo M10, Fire)
device-name-android-tablet-of-the-upper-class-galaxy-tab-s = Android tablet of the upper class (Galaxy Tab S)
device-name-small-computer-with-a-laptop-s-intel-core-nuc-and-the-like = Small computer with a laptop's Intel Core (NUC and the like)
device-name-small-computer-with-a-laptop-s-amd-ryzen = Small computer with a laptop's AMD Ryzen
device-name-gaming-tower-core-i7-i9-ryzen-7-9 = Gaming tower (Core i7, i9, Ryzen 7, 9)
device-name-unknown = unknown
