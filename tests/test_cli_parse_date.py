"""`planctl parse-date`: how phrases of time and quantity are understood, and what of a text is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import run


@pytest.mark.parametrize(
    ("text", "options", "answer"),
    [
        (
            "自公布之日起30日内",
            [],
            "“自公布之日起30日内”：“公布”后 30 日内（当日不计）\n  - id: d1\n    within: 30 days\n    after: 公布\n    quote: 自公布之日起30日内\n",
        ),
        (
            "2022年底前",
            [],
            "“2022年底前”：一次，2022-12-31 前（含当日）\n  - id: d1\n    due: 2022-12-31\n    quote: 2022年底前\n  日期：2022-12-31\n",
        ),
        ("年底前", [], "“年底前”：一次\n  没有写明年份；用 --year 指定\n"),
        ("24小时内", [], "“24小时内”：相对\n  没有说从哪件事算起\n"),
        (
            "每季度不少于1次",
            ["--year", "2022"],
            "“每季度不少于1次”：每季度不少于 1 次\n  - id: d1\n    every: quarter\n    at_least: 1\n    of: 次\n    quote: 每季度不少于1次\n  日期：2022-03-31、2022-06-30、2022-09-30、2022-12-31\n",
        ),
        (
            "每年31日前",
            [],
            "“每年31日前”：每年\n  时限：“每年31日前”像是残缺的日期，没有改动\n  - id: d1\n    every: year\n    quote: 每年31日前\n",
        ),
    ],
)
def test_a_phrase_is_told_with_its_rule_and_its_yaml(text: str, options: list[str], answer: str) -> None:
    done = run("parse-date", text, *options)
    assert (done.returncode, done.stdout, done.stderr) == (0, answer, "")


def test_the_dates_of_a_long_cycle_are_cut_short() -> None:
    dates = run("parse-date", "每月报送", "--year", "2022").stdout.splitlines()[-1]
    assert dates == "  日期：2022-01-31、2022-02-28、2022-03-31、2022-04-30、…"


def test_several_phrases_are_told_and_the_rest_is_listed() -> None:
    done = run("parse-date", "2022年底前建成平台，长期坚持；抓好落实")
    assert ([line for line in done.stdout.splitlines() if not line.startswith(" ")], done.stderr) == (
        ["“2022年底前”：一次，2022-12-31 前（含当日）", "", "“长期坚持”：长期坚持"][::2],
        "没有看懂：建成平台\n没有看懂：抓好落实\n",
    )


def test_a_text_of_which_nothing_is_understood_ends_with_1() -> None:
    done = run("parse-date", "抓好落实")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "没有看懂的时间或数量：抓好落实\n")


def test_lines_of_standard_input_are_read_one_by_one() -> None:
    done = run("parse-date", "-", "--year", "2022", "--format", "json", stdin="年底前\n\n抓好落实\n")
    records: list[dict[str, Any]] = json.loads(done.stdout)
    assert [(each["text"], each["kind"], each.get("dates"), each.get("rest")) for each in records] == [
        ("年底前", "once", ["2022-12-31"], None),
        ("抓好落实", None, None, "抓好落实"),
    ]


def test_json_has_the_fields_of_a_phrase_and_its_place() -> None:
    (found,) = json.loads(run("parse-date", "力争３月底前", "--year", "2022", "--format", "json").stdout)
    assert found == {
        "text": "力争３月底前",
        "quote": found["quote"],
        "start": found["start"],
        "end": 6,
        "kind": "once",
        "fields": {"moment": {"year": None, "month": 3, "day": 31, "inclusive": True}, "soft": True},
        "deadline": {"id": "d1", "kind": "once", "what": None, "quote": found["quote"], "due": "2022-03-31", "soft": True},
        "yaml": found["yaml"],
        "dates": ["2022-03-31"],
        "doubts": [],
    }


def test_english_is_spoken_too() -> None:
    assert run("--lang", "en", "parse-date", "年底前").stdout == "“年底前”: once\n  No year is named; --year gives one\n"
