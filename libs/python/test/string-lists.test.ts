import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

function run(source: string): string {
  const python = new Interpreter();
  const outcome = python.runModule(source, 'program.py');
  expect(python.syntaxErrors).toEqual([]);
  expect(outcome.kind).toBe('finished');
  return python.output;
}

const NINE = `"a", "b", 'c"', "d'", "", "#", "]", "é,", "i"`;

/** What CPython 3.11 prints. */
describe('a list of many plain strings', () => {
  it.each([
    ['printed', `x = [${NINE}]\nprint(x)`, `['a', 'b', 'c"', "d'", '', '#', ']', 'é,', 'i']\n`],
    ['with-a-comma-at-its-end', `x = [\n    ${NINE},\n]\nprint(len(x), x[-1])`, '9 i\n'],
    ['one-item-a-line', `x = [\n${NINE.replaceAll(', ', ' ,\n ')}\n]\nprint(len(x))`, '9\n'],
    ['made-anew', `def f(x=3): return [[${NINE}], x]\na = f()\na[0].clear()\nprint(len(f()[0]))`, '9\n'],
    ['with-one-escape', `x = ["\\n", ${NINE}]\nprint(repr(x[0]), len(x))`, `'\\n' 10\n`],
    ['with-two-side-by-side', `x = [${NINE} "j"]\nprint(x[-1], len(x))`, 'ij 9\n'],
    ['with-a-triple-quote', `x = [${NINE}, """j"""]\nprint(x[-1], len(x))`, 'j 10\n'],
    ['with-a-prefix', `x = [${NINE}, r"j", b"k"]\nprint(x[-2:])`, `['j', b'k']\n`],
    ['with-a-comment', `x = [${NINE}, # "j"\n"k"]\nprint(x[-1], len(x))`, 'k 10\n'],
    ['with-a-name', `j = 0\nx = [${NINE}, j]\nprint(x[-1], len(x))`, '0 10\n'],
    ['gone-over', `x = [y for y in [[${NINE}]]]\nprint(len(x[0]))`, '9\n'],
    ['with-a-subscript', `print([0, [${NINE}][1], ([${NINE}])[2]])`, `[0, 'b', 'c"']\n`],
    ['added-to', `x = ([${NINE}] + ["j"])\nprint(len(x), x.index("#"))`, '10 5\n'],
    ['in-a-dict', `x = {1: [${NINE}]}\nprint(len(x[1]))`, '9\n'],
    ['as-a-subscript', `class A:\n    def __getitem__(self, k): return k\nprint(len(A()[${NINE}]))`, '9\n'],
    [
      'as-a-pattern',
      `match (1, list("abcdefgh")):\n    case (1, ["a", "b", "c", "d", "e", "f", "g", "h"]):\n        print("yes")\n    case _:\n        print("no")`,
      'yes\n',
    ],
    ['in-a-formatted-string', `print(f"{len(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])}")`, '9\n'],
  ])('%s', (_name, source, printed) => {
    expect(run(`${source}\n`)).toBe(printed);
  });

  it.each([
    ['a-missing-comma', `x = [${NINE} 1]\n`, 'invalid syntax. Perhaps you forgot a comma?'],
    ['a-bracket-never-closed', `x = [${NINE},\ny = 1\n`, "'[' was never closed"],
    ['a-wrong-bracket', `x = [${NINE})\n`, "closing parenthesis ')' does not match opening parenthesis '['"],
    ['a-string-never-closed', `x = [${NINE}, "j]\n`, 'unterminated string literal (detected at line 1)'],
    ['assigned-to', `for x, [${NINE}] in y: pass\n`, 'cannot assign to literal'],
    [
      'a-default-without-a-comma',
      `def f(a=[${NINE}] b): pass\n`,
      'invalid syntax. Perhaps you forgot a comma?',
    ],
    ['a-parameter-without-a-comma', `def f(b c, a=[${NINE}]): pass\n`, 'invalid syntax'],
    ['a-call-without-a-comma', `f(a=[${NINE}] 2)\n`, 'invalid syntax. Perhaps you forgot a comma?'],
  ])('%s is told of', (_name, source, message) => {
    const python = new Interpreter();
    python.runModule(source, 'program.py');
    expect(python.syntaxErrors[0]?.message).toBe(message);
  });
});
