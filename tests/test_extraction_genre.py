"""Documents of the genre in different styles: brackets, separate lines, a table in an annex, sentences, one line, measures by number."""

from __future__ import annotations

from typing import Any

import pytest

from extraction_gold import NAMES, draft_of, gold_facts, gold_of, task_facts, text_of


@pytest.mark.parametrize("name", NAMES)
def test_the_tasks_are_those_that_a_careful_reader_finds(name: str) -> None:
    assert [task_facts(task) for task in draft_of(text_of(name)).tasks] == [gold_facts(task) for task in gold_of(name)["tasks"]]


@pytest.mark.parametrize("name", NAMES)
def test_the_document_says_what_it_is(name: str) -> None:
    gold, identity = gold_of(name), draft_of(text_of(name)).identity
    said: dict[str, Any] = {
        "title": identity.title and identity.title.text,
        "number": identity.number and identity.number.text,
        "issued": identity.issued and identity.issued.day,
        "issuers": [found.text for found in identity.issuers],
        "addressees": [found.text for found in identity.addressees],
        "effective": identity.effective and identity.effective.day,
        "period": [day for day in identity.period if day],
    }
    titles = gold.pop("title").split("|")
    assert said.pop("title") in titles
    assert said == {"number": None, "issued": None, "issuers": [], "addressees": [], "effective": None, "period": []} | {
        key: value for key, value in gold.items() if key != "tasks"
    }
