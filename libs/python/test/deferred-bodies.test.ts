import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';
import type { ResolvedSource, ValueOutcome } from '@tensormark/python';

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
}

interface Recorded {
  readonly source: string;
  /** The exception that ends it in CPython. */
  readonly error: { readonly type: string } | null;
}

/** What CPython does not compile. */
const REFUSED = new Set(['SyntaxError', 'IndentationError', 'TabError']);

const prelude = readFileSync(new URL('fixtures/generated/prelude.py', import.meta.url), 'utf8');
const generated = read('generated/programs.json') as Readonly<Record<string, readonly [source: string][]>>;
const written = read('expected.json') as Readonly<Record<string, Record<string, Recorded>>>;
const library = read('library.json') as Readonly<Record<string, { source: string }>>;

/** All there is to see of a module that is imported: what it prints, how it ends and where, and what is noted of it. */
function imported(module: ResolvedSource, steps: number): unknown {
  const python = new Interpreter({
    budgets: { steps },
    continueAfterErrors: true,
    resolver: (name) => (name === 'program' ? module : undefined),
  });
  const outcome = ended(python.importModule('program'));
  const { syntaxErrors, errors, notes, unknowns, output } = python;
  return {
    outcome,
    syntaxErrors: syntaxErrors.map(({ message, span }) => ({ message, place: span.place })),
    errors: errors.map(({ type, message, place }) => ({ type, message, place })),
    notes,
    unknowns: unknowns.map(({ reason, place }) => ({ reason, place })),
    output,
  };
}

function ended(outcome: ValueOutcome): unknown {
  if (outcome.kind === 'finished') return 'finished';
  if (outcome.kind === 'budget') return outcome;
  const { type, message, place, traceback } = outcome.error;
  return { type, message, place, traceback };
}

function bothWays(source: string, steps = 100_000): readonly [whole: unknown, deferring: unknown] {
  const module = { source, filename: 'program.py', isPackage: false };
  return [imported(module, steps), imported({ ...module, isCompiled: true }, steps)];
}

describe('a body that is parsed when it is called is what it would have been', () => {
  it.each(Object.entries(generated))('in generated programs about %s', (_topic, cases) => {
    for (const [source] of cases) {
      const [whole, deferring] = bothWays(`${prelude}${source}\n`);
      expect(deferring).toEqual(whole);
    }
  });

  it.each(Object.entries(written))('in programs about %s', (_topic, cases) => {
    for (const { source, error } of Object.values(cases)) {
      if (REFUSED.has(error?.type ?? '')) continue;
      const [whole, deferring] = bothWays(source);
      expect(deferring).toEqual(whole);
    }
  });

  it('in programs that use the library, which end at the same step of a budget', () => {
    for (const { source } of Object.values(library))
      for (const steps of [40, 400, 100_000]) {
        const [whole, deferring] = bothWays(source, steps);
        expect(deferring).toEqual(whole);
      }
  });
});

/** Prints `f`'s documentation and what it gives, and where it raises. */
function printed(body: string): readonly [whole: unknown, deferring: unknown] {
  return bothWays(`${body}\nprint(repr(f.__doc__))\nprint(f())\n`);
}

describe('what is passed over', () => {
  it.each([
    ['a-docstring-alone', 'def f():\n    "doc"'],
    ['a-docstring-in-brackets', 'def f():\n    ("a"\n     "b")\n    return 1'],
    ['a-docstring-in-two-parts', 'def f():\n    "a" \\\n    "b"\n    return 1'],
    ['a-string-that-is-no-docstring', 'def f():\n    "a".join([])\n    return 1'],
    ['formatted-and-bytes-are-no-docstrings', 'def f():\n    f"a"\n    b"a"\n    return 1'],
    ['a-raw-docstring-after-comments', 'def f():\n\n  # of it\n\n    R"""a\\n\nb"""\n    return 1'],
    ['lines-in-strings-indented-less', 'def f():\n    x = """\na\n# b\n"""\n    return x'],
    ['quotes-and-brackets-in-comments', 'def f():  # (\n    x = 1  # it\'s ("\n# {\n    return x'],
    ['lines-in-brackets-indented-less', 'def f(\n  a=(1,\n2)\n):\n    return [a,\n1, # )\n"]"]'],
    ['a-line-that-goes-on', 'def f():\n    x = 1 + \\\n2\n    return x'],
    ['quotes-in-a-formatted-string', "def f():\n    x = {'a': 1}\n    return f'{x[\"a\"]}{{\"'\n"],
    ['a-prefix-that-is-none', 'def f(x=1):\n    return "a"if x else"b"'],
    ['a-body-on-one-line', 'def f(): return 1'],
    [
      'functions-within',
      'def f():\n    def g():\n        return h()\n    def h():\n        return 2\n    return g()',
    ],
    [
      'a-coroutine-and-a-decorator',
      'def d(g):\n    return g\n@d\ndef f():\n    async def g():\n        pass\n    return 3',
    ],
    [
      'private-names',
      'class A:\n    def __g(self):\n        return self.__x\n    __x = 4\n    def g(self):\n        return self.__g()\nf = A().g',
    ],
    [
      'super-and-its-class',
      'class A:\n    def g(self):\n        return 5\nclass B(A):\n    def g(self):\n        return super().g() + 1\nf = B().g',
    ],
    ['tabs-and-carriage-returns', 'def f():\r\n\treturn 7\r\n'],
    [
      'an-end-without-a-line-end',
      'def g():\n    return 8\nf = g\nclass C:\n    def f(self):\n        return 9',
    ],
    ['an-annotation-with-a-colon', 'def f() -> {1: 2}:\n    return f.__annotations__'],
    ['where-it-raises', 'def f():\n    """Of it."""\n\n    return 1 / 0'],
    [
      'defaults-that-are-constants',
      `def f(a=1, b=2.5e3, *c, d='x', e=None, **g):\n    return a, b, c, d, e, g`,
    ],
    ['a-default-that-is-worked-out', 'x = []\ndef f(a=x, b=[x]):\n    a.append(b)\n    return x'],
    ['a-negative-default-and-one-in-parts', 'def f(a=-1, b="a" "b", c="""c"""):\n    return a, b, c'],
    ['a-default-that-raises', 'def f(a=1 / 0):\n    return a'],
    [
      'annotations-on-several-lines',
      'def f(\n    a: "dict[str, int]" = 3,  # (of it\n    b: [lambda x=2: x, {1: 2}] = "=",\n) -> "x: y":  # it is )\n    return f.__annotations__.keys(), a, b',
    ],
    ['an-annotation-that-compares', 'def f(a: 1 == 2 = 3, b: (c := 4) = 5):\n    return a, b'],
    [
      'defaults-of-methods',
      'class A:\n    def g(self, __a=1):\n        return __a\nf = A().g\nprint(f.__func__.__defaults__)',
    ],
    [
      'a-wrong-call',
      'def g(a, *, b=1):\n    return a\ndef f():\n    try:\n        g(1, 2)\n    except TypeError as e:\n        return str(e)',
    ],
    ['type-parameters', 'def f[T](a: T = 1) -> T:\n    return a'],
    ['a-generator', 'def g(n=3):\n    for i in range(n):\n        yield i\ndef f():\n    return list(g())'],
    ['a-parameter-that-is-captured', 'def f(n=3):\n    def g():\n        return n\n    return g()'],
  ])('%s', (_name, program) => {
    const [whole, deferring] = printed(program);
    expect(deferring).toEqual(whole);
  });

  it.each([
    ['a-string-never-closed', 'def f():\n    x = "a\n    return 1'],
    ['a-bracket-never-closed', 'def f():\n    x = (1\n    return 1\ny = 2'],
    ['indented-less-than-its-first-line', 'def f():\n        x = 1\n    return x'],
    ['no-body', 'def f():\nx = 1'],
    ['a-bracket-too-many', 'def f():\n    return 1)\nx = 2'],
    ['an-error-outside-it', 'def f():\n    return 1\nx = = 2'],
  ])('%s is told of when the module is read', (_name, program) => {
    const [whole, deferring] = bothWays(program);
    expect(deferring).toEqual(whole);
    expect(whole).toHaveProperty('syntaxErrors.0.message');
  });

  it.each([
    ['a-name-is-loaded', 'print(f())\n'],
    ['globals-are-listed', "print('f' in globals(), 'A' in globals(), 'x' in globals())\n"],
    ['attributes-are-listed', "import sys\nprint('A' in dir(sys.modules[__name__]))\n"],
    ['another-module-takes-it', 'import other\n'],
    ['another-module-takes-all', 'import other_star\n'],
    ['a-definition-is-made-twice', 'def f():\n    return 3\nprint(f())\n'],
    ['a-name-is-given-another-value', 'A = 5\nprint(A)\n'],
    ['nothing-is-asked-for', 'print(1)\n'],
  ])('a definition that waits is there when %s', (_name, last) => {
    const source = `def log(f):\n    return f\n\nclass A:\n    n = 2\n    def g(self):\n        return self.n\n\n@log\ndef f():\n    return A().g()\n\nx = f\n${last}`;
    const sources = new Map([
      ['program', source],
      ['other', 'from program import A, x\nprint(A.n, x())\n'],
      ['other_star', 'from program import *\nprint(A.n, f())\n'],
    ]);
    const [first, second] = [undefined, () => true].map((waits) => {
      const python = new Interpreter({
        ...(waits && { waits }),
        resolver: (name) => {
          const found = sources.get(name);
          return found === undefined
            ? undefined
            : { source: found, filename: `${name}.py`, isPackage: false, isCompiled: true };
        },
      });
      return { outcome: ended(python.importModule('program')), output: python.output };
    });
    expect(second).toEqual(first);
    expect(first).toMatchObject({ outcome: 'finished' });
  });

  it('a-signature-that-is-no-python is told of when it is called', () => {
    const source = 'def f(a, b c):\n    return 1\n\nprint(f.__name__)\nf(1)\n';
    const module = { source, filename: 'program.py', isPackage: false, isCompiled: true };
    const python = new Interpreter({ resolver: () => module });
    expect(ended(python.importModule('program'))).toMatchObject({
      type: 'SyntaxError',
      message: 'invalid syntax',
      place: { line: 1, column: 12 },
    });
    expect(python.output).toBe('f\n');
  });

  it('a-body-that-is-no-python is told of with its place when it is called', () => {
    const source =
      'class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        x = 1\n        y = x y\n        return y\n\nprint(A().f())\nA().g()\n';
    const module = { source, filename: 'program.py', isPackage: false, isCompiled: true };
    expect(imported(module, 1000)).toMatchObject({ output: '1\n', syntaxErrors: [] });
    const python = new Interpreter({ resolver: () => module });
    expect(ended(python.importModule('program'))).toMatchObject({
      type: 'SyntaxError',
      message: 'invalid syntax',
      place: { line: 7, column: 15 },
    });
  });
});
