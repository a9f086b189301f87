import type { Program } from '@tensormark/frameworks';

/** A question about a program whose answer is kept for as long as the program is: the next check that asks it has it at once. */
export function oncePerProgram<T>(ask: (program: Program) => T): (program: Program) => T {
  return once(ask);
}

/** The same of what is written alone: what happens in it, or would happen, has no part in the answer. */
export function oncePerText<T>(ask: (body: Program['body']) => T): (program: Program) => T {
  const asked = once(ask);
  return ({ body }) => asked(body);
}

function once<K extends object, T>(ask: (of: K) => T): (of: K) => T {
  const answers = new WeakMap<K, { readonly answer: T }>();
  return (of) => {
    let kept = answers.get(of);
    if (kept === undefined) {
      kept = { answer: ask(of) };
      answers.set(of, kept);
    }
    return kept.answer;
  };
}
