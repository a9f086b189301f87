import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';

describe('names that nothing binds', () => {
  const python = (): Interpreter =>
    new Interpreter({
      continueAfterErrors: true,
      unboundNames: (_rt, name) => (name === 'answer' ? 42n : undefined),
    });

  it('are what the caller says they stand for', () => {
    const interpreter = python();
    const { module } = interpreter.runModule('x = answer + 1\n', 'fragment.py');
    expect(interpreter.errors).toEqual([]);
    expect(module.namespace.get('x')).toBe(43n);
  });

  it('give way to what the program binds itself', () => {
    const interpreter = python();
    const { module } = interpreter.runModule('answer = 1\nx = answer\n', 'fragment.py');
    expect(module.namespace.get('x')).toBe(1n);
  });

  it('are NameErrors where the caller knows nothing of them', () => {
    const interpreter = python();
    interpreter.runModule('x = question\n', 'fragment.py');
    expect(interpreter.errors.map(({ type, message }) => `${type}: ${message}`)).toEqual([
      "NameError: name 'question' is not defined",
    ]);
  });

  it('may still come from a star import of an unknown module', () => {
    const interpreter = python();
    const { module } = interpreter.runModule(
      'from mystery import *\nx = answer\ny = question\n',
      'fragment.py',
    );
    expect(interpreter.errors).toEqual([]);
    expect(module.namespace.get('x')).toBe(42n);
    expect(interpreter.unknowns.some(({ reason }) => reason.startsWith('question may come from'))).toBe(true);
  });
});
