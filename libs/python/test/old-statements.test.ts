import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

function run(source: string): Interpreter {
  const python = new Interpreter({ continueAfterErrors: true });
  python.runModule(source, 'old.py');
  return python;
}

const MISSING = "Missing parentheses in call to 'print'. Did you mean print(...)?";

describe('print without brackets, as Python 2 had it', () => {
  it.each([
    ['a-word', 'print "loss"\n', 'loss\n'],
    ['several-things', 'x = 3\nprint "loss", x + 1\n', 'loss 4\n'],
    ['something-called', 'def f(x):\n    return x * 2\nprint f(4)\n', '8\n'],
    ['formatted', 'if True:\n    print "%d of %d" % (1, 2)\n', '1 of 2\n'],
    ['before-another-statement', 'print "a"; print("b")\n', 'a\nb\n'],
  ])('%s is an error, and read all the same', (_name, source, output) => {
    const python = run(source);
    expect(python.syntaxErrors.map(({ message }) => message)).toEqual([MISSING]);
    expect(python.output).toBe(output);
  });

  it('is one error where what follows is no expression', () => {
    const python = run('print f(1) f\nprint("after")\n');
    expect(python.syntaxErrors.map(({ message }) => message)).toEqual([MISSING]);
    expect(python.output).toBe('after\n');
  });
});

describe('a part of a package that is not known', () => {
  it.each([
    ['under another name', 'import mystery.parts.inner as p\nprint(p.run())\n'],
    ['under its own', 'import mystery.parts.inner\nprint(mystery.parts.inner.run())\n'],
  ])('is imported %s, and the package is the only thing that is said to be missing', (_name, source) => {
    expect(run(source).unknowns.map((unknown) => unknown.reason)).toEqual([
      'the module mystery is not known here',
    ]);
  });
});
