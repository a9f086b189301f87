import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { classesOf } from './tree.js';

/** Whether a class derives from Keras's Model or Layer and nothing else. */
export function isOfKeras({ source }: Program, { bases }: tree.ClassDefinition): boolean {
  const [base, ...more] = bases;
  const name = /^(?:(?:tf\.)?keras\.|(?:tf\.keras\.|keras\.)?(?:models|layers)\.)?(Model|Layer)$/.exec(
    base?.span.text ?? '',
  );
  if (name === null || more.length > 0) return false;
  return (
    base?.span.text.includes('.') === true ||
    new RegExp(String.raw`^\s*from\s+[\w.]*keras[\w.]*\s+import\b[^\n]*\b${name[1] ?? ''}\b`, 'm').test(
      source,
    )
  );
}

/** A class with those of the program that it derives from, down to Keras's own; undefined where another one is among them. */
export function lineageOf(
  program: Program,
  definition: tree.ClassDefinition,
  depth = 0,
): readonly tree.ClassDefinition[] | undefined {
  if (isOfKeras(program, definition)) return [definition];
  const [base, ...more] = definition.bases;
  const own = classesOf(program).filter(({ name }) => name === base?.span.text);
  const [only] = own;
  if (only === undefined || own.length > 1 || more.length > 0 || depth > 10) return undefined;
  const before = lineageOf(program, only, depth + 1);
  return before && [definition, ...before];
}
