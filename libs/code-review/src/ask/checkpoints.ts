import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { callsOf, nodesOf, statementsOf, targetsOf } from './tree.js';

/** `model.load_state_dict(given)`, as it is written. */
export interface StateLoaded {
  /** What it is loaded into. */
  readonly into: string;
  readonly given: tree.Expression;
  readonly call: tree.Call;
}

/** Every `load_state_dict` of a program that is given one thing by place. */
export const statesLoaded = oncePerProgram((program): readonly StateLoaded[] => {
  if (!program.source.includes('load_state_dict')) return [];
  return callsOf(program).flatMap((call): StateLoaded[] => {
    const { callee, args } = call;
    const [given] = args;
    if (callee.kind !== 'Attribute' || callee.attribute !== 'load_state_dict' || given === undefined)
      return [];
    return [{ into: callee.value.span.text, given, call }];
  });
});

/** Names that are set once in the program, by `torch.load(…)` alone, and nowhere else: whole files as they were saved. */
export const filesLoaded = oncePerProgram((program): ReadonlyMap<string, tree.Statement> => {
  const found = new Map<string, tree.Statement>();
  if (!program.source.includes('torch.load')) return found;
  const often = new Set<string>();
  for (const one of statementsOf(program))
    for (const name of targetsOf(one)) {
      const isLoad =
        one.kind === 'Assign' && one.value.kind === 'Call' && one.value.callee.span.text === 'torch.load';
      if (found.has(name) || !isLoad) often.add(name);
      else found.set(name, one);
    }
  for (const name of often) found.delete(name);
  return found;
});

/** The texts by which something is asked for one of its entries: `checkpoint['epoch']`. */
export function keysAskedOf(program: Program, name: string): readonly string[] {
  return nodesOf(program, 'Subscript').flatMap((node) => {
    const key = node.value.span.text === name ? textOf(node.index.span.text) : undefined;
    return key === undefined ? [] : [key];
  });
}

/** What a literal text says; undefined for anything else. */
export function textOf(written: string): string | undefined {
  return /^(['"])([^'"\\]*)\1$/.exec(written)?.[2];
}
