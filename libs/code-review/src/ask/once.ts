import type { Program } from '@tensormark/frameworks';

/** A question about a program whose answer is kept for as long as the program is: the next check that asks it has it at once. */
export function oncePerProgram<T>(ask: (program: Program) => T): (program: Program) => T {
  const answers = new WeakMap<Program, { readonly answer: T }>();
  return (program) => {
    let kept = answers.get(program);
    if (kept === undefined) {
      kept = { answer: ask(program) };
      answers.set(program, kept);
    }
    return kept.answer;
  };
}

/** The same of what is written alone: what happens in it, or would happen, has no part in the answer. */
export function oncePerText<T>(ask: (body: Program['body']) => T): (program: Program) => T {
  const answers = new WeakMap<Program['body'], { readonly answer: T }>();
  return ({ body }) => {
    let kept = answers.get(body);
    if (kept === undefined) {
      kept = { answer: ask(body) };
      answers.set(body, kept);
    }
    return kept.answer;
  };
}
