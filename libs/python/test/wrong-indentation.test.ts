import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

describe('lines that are indented a little wrong', () => {
  const read = (source: string) => {
    const interpreter = new Interpreter({ continueAfterErrors: true });
    const { module } = interpreter.runModule(source, 'fragment.py');
    return {
      faults: interpreter.syntaxErrors.map(({ message, span }) => `${span.line}: ${message}`),
      errors: interpreter.errors.map(({ message }) => message),
      value: (name: string) => module.namespace.get(name),
    };
  };
  const MISFIT = 'unindent does not match any outer indentation level';

  it('are of the block that they come nearest to, and are read', () => {
    const { errors, faults, value } = read(
      'def sum_of(x):\n    y = x + 1\n   if y > 2:\n       y = y * 2\n   return y\n\nz = sum_of(4)\n',
    );
    expect(faults).toEqual([`3: ${MISFIT}`]);
    expect(errors).toEqual([]);
    expect(value('z')).toBe(10n);
  });

  it('are of the block around where that is nearer', () => {
    const { errors, faults, value } = read(
      'def f(x):\n    if x > 9:\n        x = 0\n     x = x + 1\n    return x\n\nz = f(4)\n',
    );
    expect(faults).toEqual([`4: ${MISFIT}`]);
    expect(errors).toEqual([]);
    expect(value('z')).toBe(5n);
  });

  it('are read where tabs and spaces are mixed', () => {
    const { errors, faults, value } = read('def f(x):\n        y = x + 1\n\treturn y\n\nz = f(4)\n');
    expect(faults).toEqual(['3: inconsistent use of tabs and spaces in indentation']);
    expect(errors).toEqual([]);
    expect(value('z')).toBe(5n);
  });
});
