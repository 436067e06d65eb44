"""Mails as people have them: what of them is read, and that nothing breaks on what is broken."""

from __future__ import annotations

import base64
import codecs
import time
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hundredfold.text import Reading, read
from hundredfold.text.mail import CHARSETS, DEEPEST, MOST_PARTS, read_bytes
from hundredfold.text.mail import read as read_mail

HEAD = "From: Ann <ann@example.org>\nTo: bob@example.org\nSubject: Lunch\n"


def mail(body, *fields, head=HEAD):
    return head + "".join(f"{field}\n" for field in fields) + "\n" + body


def words(text):
    """As text and as bytes it reads the same, which is given back."""
    found = read(text)
    assert found.raw
    assert read_bytes(text.encode()) == read_bytes(text.replace("\n", "\r\n").encode()) == found == read_mail(text)
    return found.text


def multipart(kind, *parts, boundary="=_x", end="--"):
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return mail(
        f"preamble\n{inside}--{boundary}{end}\nepilogue", f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>html words</p>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello Bob,\n\nlunch at noon?\n",
        "Subject: Lunch\n\nAt noon?",
        "Note: this is no mail\nTo: do\n\nRest",
        "From: me\nTo: you\nHello you,\n\nhow are things?",
        "From: me\nTo: you",
        "Subject: one\nSubject: two\n\nthe same field twice",
        "From here on: \nTo: you\n\nx",
        "Dear Sir: hello\n\nbody",
        "  From: Ann\n  To: Bob\n\nindented",
        "http://example.org\n\nFrom: a\nTo: b\n\nlater",
    ],
)
def test_a_text_that_is_no_raw_mail_keeps_every_letter(text):
    assert read(text) == read_mail(text) == Reading(text, False)
    assert read_bytes(text.encode()) == Reading(text, False)


def test_of_a_raw_mail_subject_and_body_are_read():
    assert words(mail("At noon?\n\nAnn\n")) == "Lunch\nAt noon?\n\nAnn"
    assert words(mail("At noon?", head="Received: by x\n\twith SMTP\nDate: today\n")) == "At noon?"
    assert words("From ann@example.org Mon Jan  1 00:00:00 2024\n" + mail("At noon?")) == "Lunch\nAt noon?"
    assert words("\n\n" + mail("At noon?").replace("\n\n", "\n \t\n")) == "Lunch\nAt noon?"
    assert words(mail("x", head="FROM: a\nsubject : b\n")) == "b\nx"
    assert words(mail("")) == "Lunch"
    assert read("\ufeff" + mail("x")).text == read(mail("x").replace("\n", "\r")).text == "Lunch\nx"


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("=?utf-8?q?Fr=C3=A9e_money?=", "Frée money"),
        ("=?UTF-8?B?RnLDqWU=?= money", "Frée money"),
        ("=?utf-8?b?RnLD?=\n =?utf-8?b?qWU=?=", "Frée"),
        ("=?utf-8?q?Fr=C3?= =?utf-8?q?=A9e?=", "Frée"),
        ("=?iso-8859-1?q?a?= =?koi8-r?b?9NPM?= b", "a\u0422\u0441\u043b b"),
        ("=?nonsense?q?a=20b?=", "a b"),
        ("=?utf-8*en?q?tagged?=", "tagged"),
        ("=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("folded\n\tover lines", "folded over lines"),
        ("naïve as it is", "naïve as it is"),
    ],
)
def test_subjects_are_decoded(value, subject):
    assert words(mail("x", f"Subject: {value}", head="From: a\nTo: b\n")) == f"{subject}\nx"


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("quoted-printable", "caf=C3=A9 is =\nnice=3D", "café is nice="),
        ("quoted-printable", "broken =zz =C3=A9 =", "broken =zz é "),
        ("base64", base64.encodebytes("café\r\nnoir".encode()).decode(), "café\nnoir"),
        ("BASE64", "Y2Fmw6kg\n!!!aWNl", "café ice"),
        ("base64", "YWJjZ", "abc"),
        ("8bit", "café", "café"),
        ("nonsense", "café", "café"),
    ],
)
def test_transfer_encodings_are_undone(encoding, body, text):
    raw = mail(body, "Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}")
    assert words(raw) == f"Lunch\n{text}".strip()


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-15", "10 €".encode("iso-8859-15"), "10 €"),
        ("ISO-8859-1", "“10 €”".encode("cp1252"), "“10 €”"),
        ("us-ascii", "10 €".encode(), "10 €"),
        ("windows-1251", "бж".encode("cp1251"), "бж"),
        ("Shift_JIS", "日本".encode("shift_jis"), "日本"),
        ("gb2312", "中文".encode("gb2312"), "中文"),
        ("utf8", b"caf\xe9!", "caf\ufffd!"),
        ("x-unknown", "café".encode(), "café"),
        ("ünknown", "café".encode("cp1252"), "café"),
        ("", "café".encode("cp1252"), "café"),
    ],
)
def test_charsets_are_undone_and_unknown_ones_guessed(charset, data, text):
    raw = HEAD.encode() + f'Content-Type: text/plain; charset="{charset}"\n\n'.encode() + data
    assert read_bytes(raw) == Reading(f"Lunch\n{text}", True)


def test_utf_16_in_base64_keeps_its_line_ends_until_it_is_decoded():
    packed = base64.encodebytes("one\r\nċ two".encode("utf-16")).decode()
    raw = mail(packed, "Content-Type: text/plain; charset=utf-16", "Content-Transfer-Encoding: base64")
    assert words(raw) == "Lunch\none\nċ two"


def test_pasted_text_is_text_whatever_charset_the_header_told():
    assert read(mail("10 €", "Content-Type: text/plain; charset=koi8-r")).text == "Lunch\n10 €"


def test_every_charset_is_one_that_python_has():
    assert {"utf-8", "cp1252", "shift_jis", "gb18030"} <= CHARSETS
    assert all(codecs.lookup(name) for name in CHARSETS)


def test_html_is_read_as_it_is_shown():
    html = (
        "<!doctype html><html><head><style>p {color: red}</style><script>if (a < b) alert('</p>')</script></head>"
        "<body class='a > b'><!-- hidden <b>words</b> --><p>v<b>i</b>agra&nbsp;&amp; more<br>\n  &euro;1&#33; "
        '<td>a</td><td>b</td><a href="http://x/?a>b">click</a> 1 < 2 <3</p></body></html>'
    )
    assert words(mail(html, "Content-Type: text/html")) == "Lunch\nviagra & more\n€1! a b click 1 < 2 <3"
    unclosed = "<p>seen</p><script>never closed <p>unseen"
    assert words(mail(unclosed, "Content-Type: text/html")) == "Lunch\nseen"
    assert words(mail(f"a&#{'1' * 5000};b", "Content-Type: text/html")).startswith("Lunch\na&#1")


def test_of_alternatives_the_plain_one_is_read_unless_it_is_empty():
    assert words(multipart("alternative", HTML, PLAIN)) == "Lunch\nplain words"
    assert words(multipart("alternative", PLAIN, HTML)) == "Lunch\nplain words"
    assert words(multipart("alternative", "Content-Type: text/plain\n\n \n", HTML)) == "Lunch\nhtml words"
    assert words(multipart("alternative", HTML)) == "Lunch\nhtml words"
    assert words(multipart("alternative", "Content-Type: image/png\n\nx")) == "Lunch"


def test_all_parts_are_read_but_what_is_attached():
    attached = "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached words"
    picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
    forwarded = "Content-Type: message/rfc822\n\n" + mail("inner words")
    text = words(multipart("mixed", PLAIN, attached, picture, HTML, forwarded, "\nno header"))
    assert text == "Lunch\nplain words\nhtml words\nLunch\ninner words\nno header"


def test_broken_parts_are_read_as_far_as_they_go():
    assert words(multipart("mixed", PLAIN, HTML, end="")) == "Lunch\nplain words\nhtml words\nepilogue"
    cut = multipart("mixed", PLAIN, HTML)
    assert words(cut[: cut.index("html words")]) == "Lunch\nplain words"
    assert words(mail("all of it", "Content-Type: multipart/mixed")) == "Lunch\nall of it"
    assert words(mail("all of it", "Content-Type: multipart/mixed; boundary=other")) == "Lunch\nall of it"
    assert words(mail("all of it", "Content-Type: nonsense")) == "Lunch\nall of it"
    assert words(multipart("mixed", "Hello: this is no field\n\nrest")) == "Lunch\nHello: this is no field\n\nrest"


def test_parts_in_parts_are_opened_to_a_depth():
    def nested(depth):
        inner = "Content-Type: text/plain\n\ndeep words"
        for number in range(depth):
            inner = f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n{inner}\n--b{number}--\n"
        return HEAD + inner

    assert words(nested(DEEPEST)) == "Lunch\ndeep words"
    assert words(nested(DEEPEST + 1)) == "Lunch"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["plain é 日本 😀", mail("é 日本 😀")])
def test_files_with_a_byte_order_mark(name, text):
    mark = "\ufeff" if name.endswith("e") else ""
    assert read_bytes((mark + text).encode(name)) == read(text)


def test_files_without_one_are_utf_8_or_else_windows_1252():
    assert read_bytes("café €".encode()) == Reading("café €", False)
    assert read_bytes("café €".encode("cp1252")) == Reading("café €", False)
    assert read_bytes(bytes(range(256))).text.startswith("\0\x01")


FIELDS = [
    "From: a",
    "To: b",
    "Content-Type: multipart/mixed; boundary=b",
    'Content-Type: multipart/alternative; boundary="b',
    "Content-Type: text/html; charset=utf-16",
    "Content-Type: message/rfc822",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    *(f"Content-Type: text/plain; charset={name}" for name in sorted(CHARSETS)),
]
SIGNS = ["Subject: ", "=?utf-8?q?", "?=", "=?x?b?", "\n", "\n\n", "\r\n", " ", "--b", "--b\n", "--b--\n", "=", "=C3"]
SIGNS += ["<p", "<a ", ">", "<!--", "<script>", "&#", "&amp;", "é", "\ud800", "\0"]
TOKENS = st.sampled_from([*(f"{field}\n" for field in FIELDS), *SIGNS])
PIECES = st.lists(st.one_of(TOKENS, st.text(max_size=9)), max_size=40).map("".join)


@settings(max_examples=500)
@example("From: a\nTo: b\nContent-Type: text/html\n\n&#" + "1" * 5000)
@given(st.one_of(st.text(), PIECES, PIECES.map(lambda text: HEAD + text)))
def test_nothing_breaks_on_any_text(text):
    found = read(text)
    assert isinstance(found.text, str)
    assert found.raw or found.text == text


@settings(max_examples=500)
@given(
    st.one_of(
        st.binary(),
        st.tuples(st.sampled_from(sorted(CHARSETS)), st.binary()).map(
            lambda both: f"{HEAD}Content-Type: text/plain; charset={both[0]}\n\n".encode() + both[1]
        ),
        PIECES.map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass")),
        st.tuples(st.sampled_from([codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE]), st.binary()).map(
            lambda both: both[0] + both[1]
        ),
    )
)
def test_nothing_breaks_on_any_bytes(data):
    assert isinstance(read_bytes(data).text, str)


LINE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\ufeff"), min_size=1
)
BODY = st.lists(st.lists(LINE, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6).map("\n".join)


@settings(max_examples=150)
@given(
    BODY,
    st.lists(LINE, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(["7bit", "8bit", "quoted-printable", "base64"]),
    st.sampled_from(["utf-8", "gb18030"]),
    st.booleans(),
)
def test_a_mail_that_the_standard_library_makes_comes_back(body, subject, encoding, charset, attached):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ann@example.org", "bob@example.org", subject
    if encoding == "7bit" and not body.isascii():
        encoding = "base64"
    message.set_content(body, charset=charset, cte=encoding)
    if attached:
        message.add_attachment(b"attached words", maintype="text", subtype="csv", filename="a.csv")
    found = read_bytes(message.as_bytes())
    assert found.raw
    assert found.text.partition("\n")[2] == body


HTML_TYPE, PARTS_TYPE = "Content-Type: text/html", "Content-Type: multipart/mixed; boundary=b"
UNITS = ["<a", "<", '<a "', "<!--", "<script", "<script>", "&#1", " ", "\n ", "--b\n", "=?a?q?", "x\n", "Subject: a\n"]


@pytest.mark.parametrize("unit", [*UNITS, "--b\n\n"])
@pytest.mark.parametrize("field", [HTML_TYPE, PARTS_TYPE, "Subject: x"])
def test_no_mail_takes_longer_than_it_is_long(unit, field):
    long = unit * (1_000_000 // len(unit))
    for raw in (mail(long, field), f"From: a\n{field}{long}\n\nx"):
        start = time.perf_counter()
        read(raw)
        assert time.perf_counter() - start < 2


def test_parts_without_end_are_bounded():
    body = "".join(f"--b\n\nwords{number}\n" for number in range(2 * MOST_PARTS))
    assert words(mail(body, "Content-Type: multipart/mixed; boundary=b")).count("words") == MOST_PARTS
