"""Times what CPython and pyflakes, where it is installed, do with a file; prints the best times in milliseconds.

    python3 with-cpython.py FILE ROUNDS
"""

import ast
import json
import sys
import time


def compiled(text, file):
    compile(text, file, "exec")


def parsed(text, file):
    ast.parse(text, file)


def flaked(text, file):
    checker.Checker(ast.parse(text, file), filename=file)


ways = {"ast.parse": parsed, "compile": compiled}
try:
    from pyflakes import checker

    ways["pyflakes"] = flaked
except ImportError:
    pass


def best(way, text, file, rounds):
    least = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        way(text, file)
        least = min(least, time.process_time() - started)
    return 1000 * least


if __name__ == "__main__":
    file, rounds = sys.argv[1], int(sys.argv[2])
    with open(file, encoding="utf-8") as opened:
        text = opened.read()
    print(json.dumps({name: best(way, text, file, rounds) for name, way in ways.items()}))
