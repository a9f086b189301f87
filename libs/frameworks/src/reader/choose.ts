import type { Interpreter, PyModule, ValueOutcome } from '@tensormark/python';
import { KerasObject } from '../keras/object.js';
import { childrenOf, ModuleObject } from '../torch/nn/module-object.js';
import type { Candidate, Chosen, ReadOptions } from './model-reading.js';

/** What was chosen to be read, and how it is had; or why nothing was. */
export type Choice =
  | { readonly kind: 'chosen'; readonly chosen: Chosen; readonly make: () => ValueOutcome }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Chooses the network: what the caller names, else the outermost instance of the file, else the last class that no
 * other uses and that can be made without arguments, else the last instance of such a class that a function made.
 */
export function choose(
  python: Interpreter,
  module: PyModule,
  candidates: readonly Candidate[],
  options: ReadOptions,
  made: readonly ModuleObject[],
): Choice {
  const { call, className } = options;
  if (call !== undefined)
    return chosen({ kind: 'call', expression: call }, () => python.evaluate(call, module));
  if (className !== undefined) return chooseClass(python, module, candidates, className);
  const instance = outermostInstance(module, candidates);
  if (instance !== undefined) return instance;
  const classes = candidates.filter((candidate) => candidate.kind === 'class');
  const free = classes.filter(
    ({ usedBy }) => !usedBy.some((user) => classes.some(({ name }) => name === user)),
  );
  const last = free.findLast(({ needs }) => needs.length === 0);
  if (last !== undefined) {
    const { name, line } = last;
    return chosen({ kind: 'class', name, line }, () => python.evaluate(`${name}()`, module));
  }
  const needy = free.at(-1) ?? classes.at(-1);
  const held = needy === undefined ? undefined : madeOf(needy, module, made);
  if (held !== undefined && needy !== undefined)
    return chosen({ kind: 'instance', name: needy.name, type: needy.name, line: needy.line }, () => ({
      kind: 'finished',
      value: held,
    }));
  if (needy === undefined)
    return {
      kind: 'none',
      reason: 'there is no class derived from nn.Module or keras.Model, and no instance of one',
    };
  return {
    kind: 'none',
    reason: `${needy.name} (line ${needy.line}) cannot be made without being told how: ${
      needy.needs.length === 0 ? 'another class uses it' : `its constructor needs ${needy.needs.join(', ')}`
    }; give a call such as ${needy.name}(...)`,
  };
}

/** The last instance of a class that the program made somewhere, its `main` say, and put into no other module. */
function madeOf(
  { name }: Candidate,
  module: PyModule,
  made: readonly ModuleObject[],
): ModuleObject | undefined {
  const cls = module.namespace.get(name);
  const inner = new Set<ModuleObject>();
  for (const value of made) collectBelow(value, inner);
  return made.findLast((value) => value.cls === cls && !inner.has(value));
}

function chosen(what: Chosen, make: () => ValueOutcome): Choice {
  return { kind: 'chosen', chosen: what, make };
}

function chooseClass(
  python: Interpreter,
  module: PyModule,
  candidates: readonly Candidate[],
  name: string,
): Choice {
  const found = candidates.find((candidate) => candidate.kind === 'class' && candidate.name === name);
  if (found === undefined) {
    const known = candidates.filter(({ kind }) => kind === 'class').map((candidate) => candidate.name);
    return {
      kind: 'none',
      reason: `there is no class ${name} derived from nn.Module${known.length > 0 ? `; there is ${known.join(', ')}` : ''}`,
    };
  }
  return chosen({ kind: 'class', name, line: found.line }, () => python.evaluate(`${name}()`, module));
}

/** The last instance that is part of no other; losses and single layers give way to what the program defined itself. */
interface Outer {
  readonly candidate: Extract<Candidate, { readonly kind: 'instance' }>;
  readonly value: ModuleObject;
}

/** Instances of the file that are no part of another. */
function outerInstances(module: PyModule, candidates: readonly Candidate[]): readonly Outer[] {
  const instances = candidates.flatMap((candidate) => {
    const value = candidate.kind === 'instance' ? module.namespace.get(candidate.name) : undefined;
    return candidate.kind === 'instance' && value instanceof ModuleObject ? [{ candidate, value }] : [];
  });
  const inner = new Set<ModuleObject>();
  for (const { value } of instances) collectBelow(value, inner);
  return instances.filter(({ value }) => !inner.has(value));
}

/** The networks of a file that stand by themselves, as a generator and a discriminator do: one of each of its own classes. */
export function standaloneIn(module: PyModule, candidates: readonly Candidate[]): readonly string[] {
  const classes = new Set(candidates.flatMap(({ kind, name }) => (kind === 'class' ? [name] : [])));
  const byClass = new Map<string, string>();
  for (const { candidate } of outerInstances(module, candidates))
    if (classes.has(candidate.type)) byClass.set(candidate.type, candidate.name);
  return [...byClass.values()];
}

function outermostInstance(module: PyModule, candidates: readonly Candidate[]): Choice | undefined {
  const outer = outerInstances(module, candidates);
  const own = outer.filter(({ value }) => value.layer === undefined);
  // Of several models of Keras, an encoder and its autoencoder say, the one that is trained.
  const trained = own.findLast(({ value }) => value instanceof KerasObject && value.compiled);
  const withParameters = outer.filter(({ value }) => (value.registries?.parameters.size ?? 0) > 0);
  const best = trained ?? own.at(-1) ?? withParameters.at(-1);
  if (best === undefined) return undefined;
  const { candidate, value } = best;
  const { name, type, line } = candidate;
  return chosen({ kind: 'instance', name, type, line }, () => ({ kind: 'finished', value }));
}

function collectBelow(module: ModuleObject, into: Set<ModuleObject>): void {
  const waiting = [module];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [, child] of childrenOf(next)) {
      if (into.has(child)) continue;
      into.add(child);
      waiting.push(child);
    }
}
