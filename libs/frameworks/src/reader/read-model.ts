import { PyUnknown } from '@tensormark/python';
import type { Interpreter, ModuleCache, PyModule, UnknownOrigin } from '@tensormark/python';
import { GraphBudgetError } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import type { Reading } from '../trace/reading.js';
import { ModuleObject, modulesMade } from '../torch/nn/module-object.js';
import { KerasObject } from '../keras/object.js';
import { prepared } from '../keras/root.js';
import { candidatesOf } from './candidates.js';
import { choose, standaloneIn } from './choose.js';
import { declareOnly, endOf, traceForward } from './forward.js';
import type { Forward } from './forward.js';
import { inputsFor, isTypeTrouble } from './inputs.js';
import type { Inputs } from './inputs.js';
import { interpreterFor } from './interpreter.js';
import { gapsIn, unknownsHeldBy, withBearing } from './bearing.js';
import { isSameReading, withSureness } from './settled.js';
import { NO_GAPS } from './model-reading.js';
import type { FoundError, ModelReading, ReadOptions } from './model-reading.js';

/**
 * Reads one file. Where a decision hung on an unknown, the likelier way was taken; the file is then read again with all made
 * unknown that could have become otherwise. If the same network comes out, it is the program's whatever the unknowns are.
 */
export function readModel(source: string, options: ReadOptions, cache: ModuleCache): ModelReading {
  const guessed = readOnce(source, options, cache, 'guess');
  if (!guessed.unknowns.some(({ bears }) => bears === 'network')) return guessed;
  const settled = readOnce(source, options, cache, 'forget');
  return isSameReading(guessed, settled)
    ? settled
    : { ...guessed, errors: withSureness(guessed.errors, settled.errors) };
}

/** Runs the file, finds the network, and traces its forward. */
function readOnce(
  source: string,
  options: ReadOptions,
  cache: ModuleCache,
  undecided: 'guess' | 'forget',
): ModelReading {
  const filename = options.filename ?? 'model.py';
  const python = interpreterFor(source, options, cache, { undecided });
  const outcome = python.runModule(source, filename, options.ownModule);
  const { module } = outcome;
  const reading = readingIn(python);
  const ended = endOf(outcome, 'module');
  const errors: FoundError[] = [
    ...python.errors.map(({ type, message, place }): FoundError => ({
      type,
      message,
      place,
      exact: true,
      during: 'module',
    })),
    ...(ended === undefined ? [] : [ended]),
  ];
  const candidates = candidatesOf(module, cache.compile(source, filename).module.body);
  const choice = choose(python, module, candidates, options, madeIn(python));
  const common = {
    candidates,
    standalone: standaloneIn(module, candidates),
    moduleCalls: new Map(),
    traced: false,
    inputs: { source: 'none', types: [] },
    gaps: NO_GAPS,
    departures: [],
  } as const;
  if (choice.kind === 'none')
    return { ...common, ...whatWasSeen(python, reading, errors, everything), unchosen: choice.reason };

  const beforeIt = new Set(python.unknowns);
  const made = choice.make();
  const failed = endOf(made, 'constructor');
  errors.push(...constructorErrors(reading), ...(failed === undefined ? [] : [failed]));
  const { chosen } = choice;
  const root = made.kind === 'finished' ? made.value : undefined;
  if (!(root instanceof ModuleObject)) {
    const reason =
      failed === undefined
        ? root instanceof PyUnknown
          ? 'what it gives is not known'
          : 'what was chosen is no module of PyTorch'
        : `it could not be made: ${failed.type}: ${failed.message}`;
    return { ...common, ...whatWasSeen(python, reading, errors, everything), chosen, unchosen: reason };
  }
  if (root instanceof KerasObject) python.run((rt) => prepared(rt, root, options.inputs));
  errors.push(...constructorErrors(reading));
  const followed = traced(python, module, root, reading, options, errors);
  const held: ReadonlySet<UnknownOrigin> = followed.network === undefined ? new Set() : unknownsHeldBy(root);
  const bears = (unknown: UnknownOrigin): boolean =>
    unknown.weighed || !(beforeIt.has(unknown) || unknown.imported) || held.has(unknown);
  return { ...common, ...whatWasSeen(python, reading, errors, bears), chosen, ...followed };
}

/** Where there is no network, every unknown may be why. */
function everything(): boolean {
  return true;
}

function readingIn(python: Interpreter): Reading {
  const outcome = python.run((rt) => readingOf(rt));
  if (outcome.kind !== 'finished')
    throw new TypeError('an interpreter that has just been made has nothing to fail on');
  return outcome.value;
}

function madeIn(python: Interpreter): readonly ModuleObject[] {
  const outcome = python.run((rt) => modulesMade(rt));
  return outcome.kind === 'finished' ? outcome.value : [];
}

/** Errors of layers that were recorded because reading went on. */
function constructorErrors(reading: Reading): FoundError[] {
  return reading.errors.splice(0).map((error) => ({ ...error, during: 'constructor' }));
}

type Seen = Pick<ModelReading, 'errors' | 'warnings' | 'unknowns' | 'notes' | 'syntaxErrors' | 'printed'>;

function whatWasSeen(
  python: Interpreter,
  reading: Reading,
  errors: readonly FoundError[],
  bears: (unknown: UnknownOrigin) => boolean,
): Seen {
  return {
    errors,
    warnings: reading.warnings,
    unknowns: withBearing(python.unknowns, bears),
    notes: python.notes,
    syntaxErrors: python.syntaxErrors,
    printed: python.output,
  };
}

type Traced = Pick<
  ModelReading,
  'network' | 'inputs' | 'traced' | 'moduleCalls' | 'errors' | 'gaps' | 'departures'
> & {
  readonly outputs?: NonNullable<ModelReading['outputs']>;
};

function traced(
  python: Interpreter,
  globals: PyModule,
  root: ModuleObject,
  reading: Reading,
  options: ReadOptions,
  errors: readonly FoundError[],
): Traced {
  const { batch = 1, training = false } = options;
  try {
    const inputs = inputsFor(root, reading, options);
    const best = bestForward(inputs, (types) =>
      traceForward(python, root, types, { batch, training, globals }),
    );
    if (best === undefined)
      return {
        network: declareOnly(root),
        inputs: { source: 'none', types: [] },
        traced: false,
        moduleCalls: new Map(),
        errors,
        gaps: gapsIn(root, false),
        departures: [],
      };
    const { forward, types } = best;
    return {
      network: forward.network,
      inputs: { source: inputs.source, types },
      traced: forward.finished,
      ...(forward.outputs === null ? {} : { outputs: forward.outputs }),
      moduleCalls: forward.moduleCalls,
      gaps: gapsIn(root, forward.isLost),
      departures: forward.departures,
      errors: [...errors, ...forward.errors],
    };
  } catch (thrown) {
    if (!(thrown instanceof GraphBudgetError)) throw thrown;
    const place = root.origin?.place ?? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
    const error: FoundError = {
      type: 'BudgetError',
      message: thrown.message,
      place,
      exact: false,
      during: 'forward',
    };
    return {
      inputs: { source: 'none', types: [] },
      traced: false,
      moduleCalls: new Map(),
      gaps: NO_GAPS,
      departures: [],
      errors: [...errors, error],
    };
  }
}

interface Best {
  readonly forward: Forward;
  readonly types: Inputs['attempts'][number];
}

/** The first attempt whose element types suit the network; the first of all where none does. */
function bestForward(
  inputs: Inputs,
  trace: (types: Inputs['attempts'][number]) => Forward,
): Best | undefined {
  let first: Best | undefined;
  for (const types of inputs.attempts) {
    const forward = trace(types);
    const best = { forward, types };
    if (!forward.errors.some(({ message }) => isTypeTrouble(message))) return best;
    first ??= best;
  }
  return first;
}
