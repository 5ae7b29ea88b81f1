"""`planctl stats`: progress by plan, unit and section, and its trend."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import queries
from planctl.cli.common import (
    AsOfOption,
    Command,
    Format,
    OutputOption,
    PlanOption,
    RevOption,
    State,
    UnitOption,
    emit,
    emit_table,
    finish,
    warn,
)
from planctl.dates import parse_day
from planctl.errors import BackwardsError, OptionNeedsError
from planctl.history.tallies import By, owed, tallies, tally
from planctl.listings import stats as listing
from planctl.messages import say
from planctl.queries import Judge, Selection

if TYPE_CHECKING:
    from planctl.history.burnup import Burnup, Point

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class StatsFormat(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    SVG = "svg"


class Every(StrEnum):
    """How often a trend looks."""

    MONTH = "month"
    WEEK = "week"
    QUARTER = "quarter"
    COMMIT = "commit"


@app.command("stats", cls=Command)
def stats(
    ctx: typer.Context,
    by: Annotated[By, typer.Option(metavar="plan|unit|section", help="help.stats.by")] = By.PLAN,
    trend: Annotated[bool, typer.Option("--trend", help="help.stats.trend")] = False,
    git: Annotated[bool, typer.Option("--git", help="help.stats.git")] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="help.stats.since")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="help.stats.until")] = None,
    every: Annotated[Every | None, typer.Option(metavar="month|week|quarter|commit", help="help.stats.every")] = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: Annotated[StatsFormat, typer.Option("--format", metavar="table|json|csv|md|svg", help="help.stats.format")] = StatsFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """Count what is due, done and overdue."""
    state: State = ctx.obj
    _check(trend=trend, git=git, every=every, options={"--git": git, "--since": since, "--until": until, "--every": every}, form=form)
    state.open(rev)
    selection = Selection(tuple(plan or ()), unit)
    day = state.day(as_of)
    if trend:
        last = parse_day(until, day) if until else day
        first = parse_day(since, day) if since else None
        if first and first > last:
            raise BackwardsError(since=first, until=last)
        _trend(state, selection, (first, last), (every or Every.MONTH, git, rev), (form, output))
    else:
        _tallies(state, selection, by, day, (form, output))
    finish(state)


def _check(*, trend: bool, git: bool, every: Every | None, options: dict[str, object], form: StatsFormat) -> None:
    """See that the options go together.

    Raises:
        OptionNeedsError: one means nothing without another.
    """
    given = [name for name, value in options.items() if value]
    if not trend and (given or form is StatsFormat.SVG):
        raise OptionNeedsError(option=given[0] if given else "--format svg", other="--trend")
    if every is Every.COMMIT and not git:
        raise OptionNeedsError(option="--every commit", other="--git")


def _tallies(state: State, selection: Selection, by: By, day: date, answer: tuple[StatsFormat, str | None]) -> None:
    form, output = answer
    judge = Judge(state.workspace, day)
    found = owed(judge, selection)
    rows = list(tallies(judge, found, by, selection.unit))
    if form is StatsFormat.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(listing.record(by.value, *row) for row in rows), output)
        return
    whole = tally(found) if form is not StatsFormat.CSV else None
    emit_table(listing.table(rows, whole, state.lang), Format(form.value), output)
    warn(say("stats.summary", state.lang, {"day": day}))


def _trend(
    state: State,
    selection: Selection,
    days: tuple[date | None, date],
    source: tuple[Every, bool, str | None],
    answer: tuple[StatsFormat, str | None],
) -> None:
    from planctl.history.burnup import Burnup, Scope, ends, start_of  # noqa: PLC0415 - only a trend needs it

    first, last = days
    every, git, rev = source
    plans = queries.chosen_plans(state.workspace, selection.plans)
    if selection.unit:
        queries.check_unit(state.workspace, selection.unit)
    count = Burnup(Scope(last, selection.plans, selection.unit))
    if git:
        points = _of_commits(state, count, (first, last), every, rev)
    else:
        first = first or start_of(plans) or last
        points = [count.point(state.workspace, day) for day in ends(first, last, every.value)]
    _write(state, points, answer)
    warn(say("stats.by-commits" if git else "stats.by-records", state.lang, {"count": len(points)}))


def _of_commits(state: State, count: "Burnup", days: tuple[date | None, date], every: Every, rev: str | None) -> "list[Point]":
    """Count by what each commit of the main line had, and tell what could not be seen."""
    from planctl.git import cut_off, find_repository, trace  # noqa: PLC0415 - only commits need git
    from planctl.history.burnup import ends  # noqa: PLC0415 - see _trend
    from planctl.history.samples import Sampler, inside, mainline  # noqa: PLC0415 - see above

    repository = find_repository(state.folder)
    folders = inside(repository, state.folder, state.workspace.settings.path)
    line = mainline(list(trace(repository, (rev or "").partition(":")[0] or "HEAD", folders, mainline=True)))
    first, last = days[0] or min(line.days, default=days[1]), days[1]
    chosen = line.between(first, last) if every is Every.COMMIT else line.at(ends(first, last, every.value))
    sampler = Sampler(repository, line)
    points = [count.point(sample.workspace, sample.day, sample.commit.id) for sample in sampler.samples(chosen)]
    if sampler.skipped:
        places = [f"{commit.id[:7]}:{path}" for commit, path in sampler.skipped]
        warn(say("history.unreadable", state.lang, {"count": len(places), "all": places}))
    if cut_off(repository):
        warn(say("history.shallow", state.lang))
    return points


def _write(state: State, points: "Sequence[Point]", answer: tuple[StatsFormat, str | None]) -> None:
    form, output = answer
    if form is StatsFormat.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(map(listing.point_record, points)), output)
    elif form is StatsFormat.SVG:
        from planctl.charts import burnup  # noqa: PLC0415 - only pictures need it

        drawn = [burnup.Point(point.day, point.due, point.done, point.total) for point in points]
        emit(burnup.burnup("trend", say("stats.title", state.lang), drawn, state.lang), output)
        if len(drawn) == 1:
            warn(say("stats.one-point", state.lang))
    else:
        emit_table(listing.trend(points, state.lang), Format(form.value), output)
