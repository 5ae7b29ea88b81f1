"""`planctl template lint`: whether templates can be read, and ask only for what is there."""

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from planctl import sources
from planctl.cli.common import Command, State, describe, emit, finish, warn
from planctl.errors import TemplateFailedError
from planctl.messages import say
from planctl.queries import Judge, Selection
from planctl.reports import adjustments, catalog, environment
from planctl.reports.facts import Scope, facts
from planctl.reports.notices import sample
from planctl.reports.periods import last_finished

DOCUMENT = ".docx"
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Action(StrEnum):
    """What can be done with templates."""

    LINT = "lint"


@app.command("template", cls=Command)
def template(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="lint", help="help.template.action")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="help.template.names")] = None,
) -> None:
    """Check templates by filling them with the facts of the plans at hand."""
    del action
    state: State = ctx.obj
    judge = Judge(state.workspace, state.today)
    known = facts("lint", Scope(judge, Selection(), last_finished(state.today, 3)))
    told, compared = sample(judge), adjustments.sample(state.workspace, state.today)
    texts, documents = environment.names(state.template_folders), catalog.documents(state.template_folders)
    wanted = list(dict.fromkeys(names or (*texts, *documents)))
    jobs = [name for name in wanted if name in texts or name not in documents] + [documents[name] for name in wanted if name in documents]
    failed = 0
    for job in jobs:
        name = os.path.basename(job).removesuffix(DOCUMENT)
        filled = told if name in catalog.NOTICES else compared if name in catalog.COMPARISONS else known
        try:
            if job.endswith(DOCUMENT):
                _lint_document(state, job, filled)
            else:
                environment.render(job, filled, state.template_folders)
        except TemplateFailedError as error:
            failed += 1
            emit(describe(error, state.lang) + "\n", None)
    warn(say("template.summary", state.lang, {"count": len(jobs), "failed": failed}))
    finish(state, found=bool(failed))


def _lint_document(state: State, path: str, filled: Mapping[str, Any]) -> None:
    from planctl.word import agency  # noqa: PLC0415 - docxtpl is only needed here

    name = os.path.basename(path)
    for tag in agency.lint(sources.read_bytes(path), name, filled):
        emit(say("template.curly", state.lang, {"template": name, "tag": tag}) + "\n", None)
