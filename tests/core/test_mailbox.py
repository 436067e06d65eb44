"""A file of many texts is split the same whatever the sizes of its pieces, and no text of it is lost."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hundredfold.errors import InputError
from hundredfold.text import mailbox, table
from hundredfold.text.mailbox import FORMATS, Texts, sniff

DATE = "From alice@example.org Thu Nov 26 18:15:07 2026\n"
HEAD = "From: Alice <alice@example.org>\nSubject: Lunch\n\n"


def split(data, form, sizes=(), **options):
    """All rows of a file that comes in pieces of these sizes, over and over."""
    texts, rows, at, turn = Texts(form, **options), [], 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)] if sizes else len(data)
        rows += texts.feed(data[at : at + size])
        at, turn = at + size, turn + 1
    rows += texts.close()
    assert [row.index for row in rows] == list(range(1, len(rows) + 1))
    return [(row.text, row.note) for row in rows]


SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=5)
PIECES = st.sampled_from(
    [
        DATE,
        HEAD,
        "From \n",
        ">From me\n",
        "From here on\nNote: x\n",
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "a",
        "é",
        "€",
    ]
)
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=30).map(lambda each: "".join(each).encode()),
    st.lists(PIECES, max_size=30).map(lambda each: "".join(each).encode("utf-16")),
    st.lists(PIECES, max_size=30).map(lambda each: "".join(each).encode("cp1252")),
)


@settings(max_examples=400)
@given(BYTES, st.sampled_from(sorted(FORMATS)), SIZES, st.sampled_from([7, 60, mailbox.MOST_BYTES]))
@example(b'a,"b\n' * 20, "csv", [1], 7)
@example(b"a" * 61 + b"\nb\n", "txt", [1], 60)
@example(b"a" * 61, "txt", [1], 60)
@example(b'c\n"a\nb"\ry\n', "csv", [1], 60)
@example((DATE + "\U0001f600" * 14 + "\n" + DATE).encode(), "mbox", [1], 60)
@example((DATE + "y\n" * 30 + DATE + "z\n" + DATE).encode(), "mbox", [7], mailbox.MOST_BYTES)
@example(b"\xff\xfe\x00", "txt", [1], 60)
@example(b"x" * 50 + b"\n" + DATE.encode() + b"y\n", "mbox", [1], 60)
def test_the_sizes_of_the_pieces_change_nothing_and_nothing_raises(data, form, sizes, most):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mailbox, "MOST_BYTES", most)
        patched.setattr(mailbox, "LONGEST", max(2, most // 4))
        patched.setattr(mailbox, "WINDOW_BYTES", 64)
        patched.setattr(table, "SAMPLE_BYTES", 16)
        whole = split(data, form)
        assert split(data, form, sizes) == whole
        assert all(note in {"", *mailbox.NOTES} and len(text) <= mailbox.LONGEST for text, note in whole)


LINE = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs", "Cc"]), max_size=30)
BODY = st.lists(LINE, min_size=1, max_size=5).map("\n".join)


@given(st.lists(BODY, max_size=8), SIZES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example(["From here on it is mine\nFrom me"], [3], "utf-8")
def test_every_mail_of_an_mbox_comes_out_as_it_went_in(bodies, sizes, encoding):
    quoted = [f"{HEAD}{body}\n".replace("\nFrom ", "\n>From ").replace("\n>>From ", "\n>>>From ") for body in bodies]
    data = "".join(f"{DATE}{mail}\n" for mail in quoted).encode(encoding)
    assert split(data, "mbox", sizes) == [(f"{HEAD}{body}".strip("\r\n"), "") for body in bodies]


@given(
    st.lists(st.tuples(LINE, BODY), min_size=1, max_size=8),
    SIZES,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
@example([('he said "hi', "a,b\n\nc")], [1], ",", "\r\n", False)
def test_every_row_of_a_table_comes_out_as_it_went_in(cells, sizes, comma, newline, header):
    written = io.StringIO()
    writer = csv.writer(written, delimiter=comma, lineterminator=newline, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text", "note"])
    writer.writerows([index, text, other] for index, (other, text) in enumerate(cells))
    data = written.getvalue().encode()
    column = "Text" if header else 2
    rows = split(data, "csv", sizes, column=column, header=True)
    assert [text for text, _ in rows] == [text.strip("\r\n") for _, text in cells]
    assert {note for text, note in rows if text.strip()} <= {""}


@given(st.lists(LINE.filter(str.strip), max_size=20), SIZES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_line_of_a_text_is_one(lines, sizes, newline):
    rows = split(newline.join(lines).encode(), "txt", sizes)
    assert rows == [(line, "") for line in lines]


def test_paragraphs_are_texts_where_blank_lines_part_them():
    assert split(b"one\ntwo\n\nthree\nfour\n \r\nfive", "txt") == [("one\ntwo", ""), ("three\nfour", ""), ("five", "")]


@given(
    st.lists(st.sampled_from(["a,b", 'a,"b"', '"open,b', 'a,"open', '"x" y,b', 'a,"q""q"', 'a,"in "the" middle"'])),
    SIZES,
)
def test_a_quote_that_is_not_closed_costs_no_row(lines, sizes):
    rows = split("".join(f"{line}\n" for line in lines).encode(), "csv", sizes, column=2, header=False)
    bad = [line for line in lines if "open" in line or "y" in line or "middle" in line]
    assert len(rows) == len(lines)
    assert [note for _, note in rows].count("quote") == len(bad)


def test_a_quote_that_never_closes_is_told_by_its_row_and_eats_no_memory():
    row = b'1,"plain text that goes on for a while"\n'
    data = row * 3 + b'2,"never closed\n' + b"3,without quotes\n" * 100
    rows = split(data, "csv", [100], column=2)
    assert len(rows) == 104
    assert [index for index, (_, note) in enumerate(rows) if note] == [3]
    assert rows[3] == ("never closed", "quote")
    texts = Texts("csv", column=2)
    list(texts.feed(b'1,"never closed\n'))
    piece = (b"3," + b"x" * 500 + b"\n") * 2_000
    tracemalloc.start()
    count = 0
    for _ in range(30):
        for _ in texts.feed(piece):
            count += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    count += sum(1 for _ in texts.close())
    assert count == 1 + 30 * 2_000
    assert peak < 4 * mailbox.MOST_BYTES


def test_a_text_that_is_too_long_is_cut_and_says_so():
    rows = split(b"a" * (mailbox.LONGEST + 5) + b"\n" + b"b" * 1_000_000 + b"\nc", "txt", [100_000])
    assert [(len(text), note) for text, note in rows] == [(mailbox.LONGEST, "long"), (1_000_000, ""), (1, "")]
    huge = (DATE + HEAD).encode() + "é\n".encode() * 5_000_000 + b"\n" + (DATE + HEAD + "b\n\n").encode()
    rows = split(huge, "mbox", [1_000_000])
    assert [(len(text), note) for text, note in rows] == [(mailbox.LONGEST, "long"), (len(HEAD) + 1, "")]


@pytest.mark.parametrize(
    "ending", ["Hello", HEAD[:-1], 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nHello\n']
)
def test_an_mbox_that_is_cut_off_gives_what_there_is(ending):
    rows = split((DATE + HEAD + "one\n\n" + DATE + ending).encode(), "mbox")
    assert [note for _, note in rows] == ["", "cut"]
    assert rows[1][0] == ending.strip("\n")


def test_an_mbox_that_begins_in_the_middle_loses_nothing():
    rows = split(("the end of a mail\n\n" + DATE + HEAD + "one\n\n").encode(), "mbox")
    assert rows == [("the end of a mail", "begun"), (f"{HEAD}one", "")]
    assert split(f"\n\n{DATE}{HEAD}one\n".encode(), "mbox") == [(f"{HEAD}one", "")]
    assert split(f"{HEAD}one\n\n{DATE}{HEAD}two\n\n".encode(), "mbox") == [(f"{HEAD}one", ""), (f"{HEAD}two", "")]


def test_a_line_of_a_mail_that_begins_with_from_begins_no_other():
    mail = f"{HEAD}Hello.\n\nFrom now on I write less.\nSo it is: said.\n\nFrom here\n\nYours\nFrom me\nP.S.: no.\n"
    assert len(split((DATE + mail + "\nFrom -\nSubject: two\n\nhere\n").encode(), "mbox")) == 2


def test_a_mail_that_is_no_utf_8_is_read_by_the_charset_that_it_names():
    head = b"From: a@example.org\nSubject: x\nContent-Type: text/plain; charset=koi8-r\n\n"
    ((text, _),) = split(head + "\u0434\u0430".encode("koi8-r"), "eml")
    assert text == "x\n\u0434\u0430"
    assert split("1,naïve – yes\n".encode("cp1252"), "csv", column=2) == [("naïve – yes", "")]


@pytest.mark.parametrize(
    ("name", "first", "form"),
    [
        ("Inbox.MBOX", b"", "mbox"),
        ("mail.eml", HEAD.encode(), "eml"),
        ("mail.eml", (DATE + HEAD).encode(), "mbox"),
        ("00123.a1b2", (DATE + HEAD).encode(), "mbox"),
        ("Inbox", b"From -\nX-Mozilla-Status: 1\n\n", "mbox"),
        ("saved.txt", HEAD.encode(), "eml"),
        ("list.csv", b"From here,on\n", "csv"),
        ("notes.txt", b"Subject: what I think\n\nmuch", "txt"),
        ("unknown", b"From here on\nall is text", "txt"),
        ("wide.txt", "notes".encode("utf-16"), "txt"),
        ("wide.txt", (DATE + HEAD).encode("utf-16"), "mbox"),
    ],
)
def test_what_a_file_is_shows_in_its_beginning_or_its_name(name, first, form):
    assert sniff(name, first) == form


@pytest.mark.parametrize(
    "first", [b"PK\x03\x04rest", b"%PDF-1.7 text", b"a\0b", bytes(range(1, 32)) * 3, b"\x1f\x8b\x08"]
)
def test_what_is_no_text_is_refused_in_a_sentence(first):
    with pytest.raises(InputError, match=r"'a\.csv' is no text: unpack what is packed") as caught:
        sniff("a.csv", first)
    assert caught.value.code == "mailbox-binary"


def test_a_table_without_the_column_says_which_it_has():
    with pytest.raises(
        InputError, match=r"no column 'mail': choose one of its 2 \(id, words\) by its name or its number"
    ):
        split(b"id,words\n1,one\n", "csv", column="mail")
    with pytest.raises(InputError, match="no column 3"):
        split(b"1,one\n", "csv", column=3)
    rows = split(b"id,words\n1,one\n2\n", "csv", column="words")
    assert rows == [("one", ""), ("", "lacking")]


def test_the_column_that_is_not_told_is_found():
    assert split(b"id,Message,date\n1,one,2026-11-26 and more\n", "csv") == [("one", "")]
    assert split(b"1,the longest of them,x\n2,b,a longer one than before\n", "csv") == [
        ("the longest of them", ""),
        ("b", ""),
    ]


def test_a_look_at_a_table_shows_its_columns():
    told = table.look(b"id;review;stars\n1;good;5\n2;bad", mailbox.MOST_BYTES)
    assert told["header"] is True
    assert told["column"] == 2
    assert told["columns"][1] == {"name": "review", "example": "good"}
    told = table.look(b"1;a long sentence\n2;b\n", mailbox.MOST_BYTES)
    assert told == {
        "header": False,
        "columns": [{"name": "", "example": "1"}, {"name": "", "example": "a long sentence"}],
        "column": 2,
    }
    assert table.look(b"", mailbox.MOST_BYTES)["columns"] == []
