"""`planctl fmt`: the one layout of plans, units and settings."""

import os
import sys
from difflib import unified_diff
from typing import Annotated, NamedTuple

import typer

from planctl import layout, sources, storage
from planctl.cli.common import FOUND, UNABLE, Command, State, emit, harmless, warn
from planctl.errors import OptionNeedsError
from planctl.formats import findings
from planctl.messages import say
from planctl.revisions import read_staged
from planctl.sources import Source

app = typer.Typer(rich_markup_mode=None, add_completion=False)
STDIN = "-"


class Laid(NamedTuple):
    """A file before and after; `data` are its bytes as they were read."""

    source: Source
    data: bytes
    text: str

    @property
    def changed(self) -> bool:
        """Whether the layout is another one."""
        return self.data != self.text.encode()


@app.command("fmt", cls=Command)
def fmt(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="help.fmt.paths")] = None,
    check: Annotated[bool, typer.Option("--check", help="help.fmt.check")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="help.fmt.diff")] = False,
    staged: Annotated[bool, typer.Option("--staged", help="help.fmt.staged")] = False,
) -> None:
    """Lay files out."""
    state: State = ctx.obj
    if staged and not (check or diff):
        raise OptionNeedsError(option="--staged", other="--check")
    found = _paths(state, paths or [], exist=not staged)
    read = read_staged(paths or [state.folder]) if staged else list(map(_read, found))
    laid = [each for source, data in read if (each := _laid(source, data, state))]
    changed = [each for each in laid if each.changed]
    for each in changed:
        if diff:
            emit("".join(_difference(each)), None)
        elif check:
            emit(f"{each.source.path}\n", None)
        elif each.source.path != STDIN:
            storage.save(each.source.path, each.text.encode(), each.data)
    if found == [STDIN] and laid and not (check or diff):
        sys.stdout.write(laid[0].text)
    else:
        warn(say("fmt.would" if check or diff else "fmt.done", state.lang, {"files": len(laid), "changed": len(changed)}))
    if check and changed:
        warn(say("fmt.then-add" if staged else "fmt.then", state.lang))
    if len(laid) < len(read):
        raise typer.Exit(UNABLE)
    if check and changed:
        raise typer.Exit(FOUND)


def _paths(state: State, given: list[str], *, exist: bool) -> list[str]:
    """List the files of the disk, so far as they have to `exist` there, and learn the language of their repository."""
    if given == [STDIN]:
        return given
    places = given or [state.folder]
    found = sources.find_paths(places) if exist else []
    starts = [place if os.path.isdir(place) else os.path.dirname(place) for place in places]
    settings = [path for path in (sources.find_above(os.path.join(start, "_"), sources.SETTINGS_NAME) for start in starts) if path]
    if settings:
        state.load(settings[:1])
    return found if given else list(dict.fromkeys([*found, *settings]))


def _read(path: str) -> tuple[Source, bytes]:
    if path == STDIN:
        data = sys.stdin.buffer.read(sources.MAX_BYTES + 1)
        return sources.decode(path, data), data
    source = sources.read(path)
    data = b"" if source.trouble else sources.read_bytes(path)
    return (source if source.trouble else sources.decode(path, data)), data


def _laid(source: Source, data: bytes, state: State) -> Laid | None:
    """Lay one file out, or say what keeps it from that."""
    problems = layout.problems_of(source)
    if problems:
        warn(findings.render_text(problems, state.lang).removesuffix("\n"))
        return None
    return Laid(source, data, layout.lay_out(source.text, "" if source.path == STDIN else source.path))


def _difference(laid: Laid) -> list[str]:
    """Compare as `diff -u` does."""
    path = harmless(laid.source.path)
    old, new = (text.splitlines(keepends=True) for text in (laid.data.decode(), laid.text))
    lines = unified_diff(old, new, path, path)
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
