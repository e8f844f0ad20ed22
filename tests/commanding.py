"""Commands of `riverain` as they are typed, run in the test's own process."""

import argparse
from collections.abc import Callable
from types import ModuleType

import pytest


def typed(
    module: ModuleType, capsys: pytest.CaptureFixture[str], *before: str
) -> Callable[..., tuple[int, str]]:
    """Runs the module's command with the words that come `before` and those given: exit code,
    printed text."""
    parser = argparse.ArgumentParser()
    module.add(parser)

    def run(*words: object) -> tuple[int, str]:
        args = parser.parse_args([*before, *map(str, words)])
        return args.run(args), capsys.readouterr().out

    return run
