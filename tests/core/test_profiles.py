"""The table of devices holds its laws, and what browsers really tell leads to the device that it comes from."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold.energy import Device
from hundredfold.energy.profiles import DEFAULTS, PROFILES, narrowed
from hundredfold.energy.proposal import profiles_document, propose

CATALOGUE = Path(__file__).parents[2].joinpath("web/locales/en/device.ftl").read_text(encoding="utf-8")
MOST_W = {"laptop": 90, "chromebook": 25, "phone": 8, "tablet": 25, "desktop": 300, "board": 15}
FIGURES = ("one_w", "all_w", "idle_w")
EVERY = pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Safari/605.1.15"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
ANDROID_TABLET = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
OLD_ANDROID = (
    "Mozilla/5.0 (Linux; Android 9; SM-J530F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/92.0.4515.159 Mobile "
    "Safari/537.36"
)
CHROME_OS = (
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
PI = "Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
OLD_PI = "Mozilla/5.0 (X11; CrOS armv7l 13597.84.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/104.0 Safari/537.36"


def windows(threads, chip, battery=None, **more):
    return facts(
        WINDOWS, threads, f"ANGLE ({chip} Direct3D11 vs_5_0 ps_5_0, D3D11)", battery, platform="Windows", **more
    )


def facts(agent, threads, renderer, battery=None, **more):
    return {"userAgent": agent, "hardwareConcurrency": threads, "renderer": renderer, "battery": battery, **more}


def apple(threads, chip, battery=None):
    renderer = f"ANGLE (Apple, ANGLE Metal Renderer: {chip}, Unspecified Version)"
    return facts(MAC, threads, renderer, battery, platform="macOS", architecture="arm", maxTouchPoints=0)


def android(model, renderer="", threads=8):
    return facts(ANDROID, threads, renderer, True, platform="Android", mobile=True, model=model, maxTouchPoints=5)


RECORDED = {
    "school laptop": (
        windows(2, "Intel, Intel(R) UHD Graphics 600 (0x00003185)", True),
        ("celeron-n4020", "model"),
    ),
    "older Chrome, no number": (windows(2, "Intel, Intel(R) UHD Graphics 600", True), ("celeron-n4020", "model")),
    "N3350": (windows(2, "Intel, Intel(R) HD Graphics 500 (0x00005A85)", True), ("celeron-n3350", "model")),
    "N4500": (windows(2, "Intel, Intel(R) UHD Graphics (0x00004E55)", True), ("celeron-n4500", "model")),
    "N100": (windows(4, "Intel, Intel(R) UHD Graphics (0x000046D1)", True), ("intel-n100", "model")),
    "N305": (windows(8, "Intel, Intel(R) UHD Graphics (0x000046D0)", True), ("intel-n305", "model")),
    "N100 box": (windows(4, "Intel, Intel(R) UHD Graphics (0x000046D1)", False), ("mini-pc-n100", "model")),
    "2016 laptop": (windows(4, "Intel, Intel(R) HD Graphics 520 (0x00001916)", True), ("core-i5-6200u", "model")),
    "7th generation": (windows(4, "Intel, Intel(R) HD Graphics 620 (0x00005916)", True), ("core-i7-7600u", "model")),
    "8th generation": (windows(8, "Intel, Intel(R) UHD Graphics 620 (0x00005917)", True), ("core-i5-8250u", "model")),
    "10th generation": (windows(8, "Intel, Intel(R) UHD Graphics (0x00009B41)", True), ("core-i5-10210u", "model")),
    "11th generation": (
        windows(8, "Intel, Intel(R) Iris(R) Xe Graphics (0x00009A49)", True),
        ("core-i5-1135g7", "class"),
    ),
    "12th generation": (
        windows(12, "Intel, Intel(R) Iris(R) Xe Graphics (0x000046A8)", True),
        ("core-i5-1235u", "model"),
    ),
    "12th or 13th": (windows(12, "Intel, Intel(R) Iris(R) Xe Graphics", True), ("core-i5-1235u", "class")),
    "13th generation": (
        windows(12, "Intel, Intel(R) Iris(R) Xe Graphics (0x0000A7A1)", True),
        ("core-i5-1335u", "model"),
    ),
    "Core Ultra": (windows(14, "Intel, Intel(R) Graphics (0x00007D45)", True), ("core-ultra-5-125u", "model")),
    "UHD of any kind": (windows(4, "Intel, Intel(R) UHD Graphics", True), ("celeron-n5100", "class")),
    "3500U": (
        windows(8, "AMD, AMD Radeon(TM) Vega 8 Graphics (0x000015D8)", True),
        ("ryzen-5-3500u", "model"),
    ),
    "4500U": (windows(6, "AMD, AMD Radeon(TM) Graphics (0x00001636)", True), ("ryzen-5-4500u", "model")),
    "5700U": (windows(16, "AMD, AMD Radeon(TM) Graphics (0x0000164C)", True), ("ryzen-7-5700u", "model")),
    "7840U": (windows(16, "AMD, AMD Radeon 780M Graphics (0x000015BF)", True), ("ryzen-7-7840u", "model")),
    "gaming laptop": (
        windows(20, "NVIDIA, NVIDIA GeForce RTX 3060 Laptop GPU (0x00002520)", True),
        ("core-i7-12700h", "class"),
    ),
    "older gaming laptop": (
        windows(12, "NVIDIA, NVIDIA GeForce GTX 1650 (0x00001F91)", True),
        ("core-i7-10750h", "class"),
    ),
    "gaming tower": (windows(24, "NVIDIA, NVIDIA GeForce RTX 3060 (0x00002503)", False), ("gaming-tower", "class")),
    "12 threads and a card": (
        windows(12, "NVIDIA, NVIDIA GeForce RTX 3060 (0x00002503)", False),
        ("desktop-ryzen-5-3600", "class"),
    ),
    "old office": (windows(4, "Intel, Intel(R) HD Graphics 4600 (0x00000412)", False), ("office-i5-4590", "model")),
    "8400": (windows(6, "Intel, Intel(R) UHD Graphics 630 (0x00003E92)", False), ("desktop-i5-8400", "model")),
    "10400": (windows(12, "Intel, Intel(R) UHD Graphics 630 (0x00009BC8)", False), ("desktop-i5-10400", "model")),
    "NUC": (windows(8, "Intel, Intel(R) UHD Graphics 620 (0x00003EA0)", False), ("mini-pc-core-u", "class")),
    "Linux laptop": (
        facts(
            LINUX, 8, "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL ES 3.2)", True, platform="Linux"
        ),
        ("core-i5-8250u", "model"),
    ),
    "Linux, Vulkan": (
        facts(
            LINUX,
            8,
            "ANGLE (Intel, Vulkan 1.3.255 (Intel(R) UHD Graphics 620 (KBL GT2) (0x00005917)), Mesa driver)",
            True,
        ),
        ("core-i5-8250u", "model"),
    ),
    "MacBook Air": (apple(8, "Apple M2", True), ("macbook-air-m2", "model")),
    "M1": (apple(8, "Apple M1", True), ("macbook-air-m1", "model")),
    "M4": (apple(10, "Apple M4", True), ("macbook-air-m4", "model")),
    "M1 Pro": (apple(10, "Apple M1 Pro", True), ("macbook-pro-m1-pro", "model")),
    "M3 Pro": (apple(11, "Apple M3 Pro", True), ("macbook-pro-m3-pro", "model")),
    "Mac mini": (apple(8, "Apple M1", False), ("mac-mini-m1", "model")),
    "Mac, battery not told": (apple(8, "Apple M1"), ("macbook-air-m1", "class")),
    "Safari": (facts(SAFARI, 8, "Apple GPU", maxTouchPoints=0), ("macbook-apple-chip", "class")),
    "Firefox on a Mac": (facts(SAFARI, 10, "Apple M1, or similar"), ("macbook-apple-chip", "class")),
    "Intel Mac": (
        facts(MAC, 8, "ANGLE (Intel Inc., Intel(R) Iris(TM) Plus Graphics 655, OpenGL 4.1)", True, platform="macOS"),
        ("macbook-intel", "class"),
    ),
    "iPad as a Mac": (facts(SAFARI, 8, "Apple GPU", maxTouchPoints=5), ("ipad", "class")),
    "iPhone": (facts(IPHONE, 4, "Apple GPU", maxTouchPoints=5), ("iphone", "class")),
    "Galaxy A51": (android("SM-A515F", "Mali-G72"), ("phone-exynos-mid", "model")),
    "Pixel 7": (android("Pixel 7", "Mali-G710"), ("phone-tensor", "model")),
    "Pixel 4a": (android("Pixel 4a", "Adreno (TM) 618"), ("phone-snapdragon-7", "model")),
    "Galaxy S23": (android("SM-S911B", "Adreno (TM) 740"), ("phone-snapdragon-8-gen", "model")),
    "unnamed phone": (android("", "Adreno (TM) 619"), ("phone-snapdragon-6", "model")),
    "old phone": (facts(OLD_ANDROID, 8, "Mali-T830"), ("phone-small-cores", "model")),
    "phone of no name": (android("FP5", "Unheard-of 9000"), ("unknown-phone", "class")),
    "Android tablet": (
        facts(ANDROID_TABLET, 8, "Adreno (TM) 650", platform="Android", mobile=False, model="SM-T870"),
        ("tablet-android-fast", "model"),
    ),
    "Chromebook": (
        facts(CHROME_OS, 2, "ANGLE (Intel, Mesa Intel(R) UHD Graphics 600 (GLK 2), OpenGL ES 3.2)", True),
        ("chromebook-n4020", "model"),
    ),
    "ARM Chromebook": (
        facts(CHROME_OS.replace("x86_64", "aarch64"), 8, "ANGLE (ARM, Mali-G72, OpenGL ES 3.2)", True),
        ("chromebook-kompanio-500", "model"),
    ),
    "fast Chromebook": (
        facts(CHROME_OS, 8, "ANGLE (Intel, Mesa Intel(R) Xe Graphics (TGL GT2), OpenGL ES 3.2)", True),
        ("core-i5-1135g7", "class"),
    ),
    "Chromebook of no name": (facts(CHROME_OS, 4, "", platform="Chrome OS"), ("unknown-chromebook", "class")),
    "Pi 4": (
        facts(PI, 4, "ANGLE (Broadcom, V3D 4.2.14.0, OpenGL ES 3.1 Mesa 25.0.7-2+rpt3)", False),
        ("raspberry-pi-4", "class"),  # a Raspberry Pi 400 tells the same
    ),
    "Pi 5": (facts(PI, 4, "ANGLE (Broadcom, V3D 7.1.10.2, OpenGL ES 3.1)", False), ("raspberry-pi-5", "model")),
    "Pi as Chrome OS": (facts(OLD_PI, 4, "V3D 4.2"), ("raspberry-pi-4", "class")),
    "Firefox": (
        facts(FIREFOX, 8, "ANGLE (Intel, Intel(R) HD Graphics Direct3D11 vs_5_0 ps_5_0), or similar"),
        ("unknown-laptop", "guess"),
    ),
    "virtual machine": (
        facts(LINUX, 4, "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)"),
        ("unknown-laptop", "guess"),
    ),
    "no battery, no name": (facts(WINDOWS, 8, "", False), ("unknown-desktop", "class")),
    "many threads": (facts(LINUX, 64, ""), ("unknown-desktop", "guess")),
    "nothing": ({}, ("unknown-laptop", "guess")),
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KNOWN = sorted({key for told, _ in RECORDED.values() for key in told} | {"gpu", "deviceMemory", "bitness"})
VALUES = [value for told, _ in RECORDED.values() for value in told.values()]
twisted = st.dictionaries(st.sampled_from(KNOWN), st.sampled_from(VALUES) | anything)


def test_there_are_enough():
    assert len(PROFILES) >= 36
    assert set(DEFAULTS) == {profile.kind for profile in PROFILES.values()}
    assert set(DEFAULTS.values()) <= set(PROFILES)
    assert len({profile.name for profile in PROFILES.values()}) == len(PROFILES)


@EVERY
def test_every_profile_is_sane(profile):
    assert PROFILES[profile.id] is profile
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", profile.id)
    assert len(profile.source) >= 20
    assert 1 <= profile.threads <= 64
    assert profile.id in DEFAULTS.values() or 2008 <= profile.year <= 2026
    for name in FIGURES:
        low, mid, high = getattr(profile, name)
        assert 0 < low <= mid <= high
        assert high >= 1.25 * low, "nobody knows the watts of a kind of device better than that"
        assert all(float(f"{watts:.2g}") == watts for watts in (low, mid, high)), "two digits at most"
    assert all(one <= all_ for one, all_ in zip(profile.one_w, profile.all_w, strict=True))
    assert profile.all_w[2] <= MOST_W[profile.kind]
    re.compile(profile.knows.graphics)
    re.compile(profile.knows.model)


@EVERY
def test_a_profile_is_a_device_that_survives_json(profile):
    device = profile.device()
    assert Device.parse(device.as_dict()) == device
    assert device.one_w.source == profile.source
    assert device.all_w.range.mid == profile.all_w[1]


@pytest.mark.parametrize("kind", DEFAULTS)
@pytest.mark.parametrize("figure", FIGURES)
def test_a_stand_in_holds_what_it_stands_for(kind, figure):
    low, _, high = getattr(PROFILES[DEFAULTS[kind]], figure)
    mids = [getattr(p, figure)[1] for p in PROFILES.values() if p.kind == kind and p.id != DEFAULTS[kind]]
    assert sum(low <= mid <= high for mid in mids) >= 0.8 * len(mids)


@pytest.mark.parametrize("case", RECORDED)
def test_what_browsers_tell(case):
    told, expected = RECORDED[case]
    proposal = propose(told)
    assert (proposal.id, proposal.sure) == expected, proposal.why


def test_the_reason_names_what_was_told():
    assert propose(apple(8, "Apple M2", True)).why == {
        "code": "device-fits",
        "values": {"chip": "Apple M2", "threads": 8, "profile": "MacBook Air with an M2"},
    }
    assert propose(RECORDED["school laptop"][0]).why["values"] == {
        "chip": "Intel UHD Graphics 600",
        "threads": 2,
        "profile": "Laptop with an Intel Celeron N4000 or N4020",
    }
    assert propose(RECORDED["Galaxy A51"][0]).why["values"]["word"] == "SM-A515F"
    assert propose(RECORDED["virtual machine"][0]).why == {
        "code": "device-guess",
        "values": {"threads": 4, "kind": "laptop", "reason": "software", "chip": ""},
    }


@pytest.mark.parametrize("case", RECORDED)
def test_the_reason_is_a_message_with_plain_values(case):
    why = propose(RECORDED[case][0]).why
    assert f"\n{why['code']} = " in CATALOGUE
    assert all(isinstance(value, str | int | float) for value in why["values"].values())
    assert "ANGLE" not in str(why)


@given(twisted | anything)
def test_whatever_a_browser_tells_there_is_a_proposal(told):
    proposal = propose(told)
    assert proposal.id in PROFILES
    assert proposal.sure in ("model", "class", "guess")
    assert f"\n{proposal.why['code']} = " in CATALOGUE
    assert len(str(proposal.why)) < 400


def test_the_page_gets_all_of_them_unknown_models_first():
    document = profiles_document()
    assert [each["id"] for each in profiles_document(8)] == [each["id"] for each in document]
    assert {each["id"] for each in document} == set(PROFILES)
    assert {each["id"] for each in document[: len(DEFAULTS)]} == set(DEFAULTS.values())
    for each in document:
        profile = PROFILES[each["id"]]
        assert set(each) == {"id", "name", "kind", "year", "threads", "source", *FIGURES}
        assert each["all_w"] == dict(zip(("low", "mid", "high"), profile.all_w, strict=True))


@pytest.mark.parametrize("threads", [None, 2, 4, 8, 16, 1000])
def test_a_stand_in_is_as_the_devices_with_as_many_threads(threads):
    for profile in PROFILES.values():
        narrow = narrowed(profile, threads)
        assert (narrow == profile) or (profile.id in DEFAULTS.values() and narrow.threads == threads)
        narrow.device()
    laptop = narrowed(PROFILES["unknown-laptop"], threads)
    alike = [p for p in PROFILES.values() if (p.kind, p.threads) == ("laptop", threads) and p.id != laptop.id]
    if len(alike) >= 3:
        assert laptop.one_w[0] == min(p.one_w[0] for p in alike)
        assert laptop.one_w[2] == max(p.one_w[2] for p in alike)
    else:
        assert laptop == PROFILES["unknown-laptop"]
