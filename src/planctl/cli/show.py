"""`planctl show`: one task in full."""

from enum import StrEnum
from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import AsOfOption, Command, OutputOption, PlanOption, RevOption, State, complete, emit, finish, task_references
from planctl.formats.tabular import escape_markdown, pad, width
from planctl.listings import due, tasks
from planctl.queries import Judge

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class SheetFormat(StrEnum):
    """How one task is written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


@app.command("show", cls=Command)
def show(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help="help.show.task", autocompletion=complete(task_references))],
    plan: PlanOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: Annotated[SheetFormat, typer.Option("--format", metavar="text|json|md", help="help.option.format")] = SheetFormat.TEXT,
    output: OutputOption = None,
) -> None:
    """Show one task in full."""
    state: State = ctx.obj
    state.open(rev)
    judge = Judge(state.workspace, state.day(as_of))
    of_plan, found = queries.find_task(judge.workspace, task, tuple(plan or ()))
    near = judge.near(of_plan, found)
    item = tasks.Item(of_plan, found, judge.status(of_plan, found))
    if form is SheetFormat.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        occurrences = [due.record(state.workspace, each) for each in near]
        emit(json_.render_one({**tasks.record(state.workspace, item), "occurrences": occurrences}), output)
    else:
        emit(_text(tasks.sheet(state.workspace, item, near, state.lang), form), output)
    finish(state)


def _text(pairs: list[tuple[str, str]], form: SheetFormat) -> str:
    if form is SheetFormat.MD:
        return "".join(f"{f'- **{heading}**: ' if heading else '  - '}{escape_markdown(text)}\n" for heading, text in pairs)
    wide = max(width(heading) for heading, _ in pairs)
    return "".join(f"{pad(heading, wide)}  {text}\n" for heading, text in pairs)
