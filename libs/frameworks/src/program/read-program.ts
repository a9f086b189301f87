import type { Interpreter, ModuleCache, PyModule, PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { interpreterFor } from '../reader/interpreter.js';
import type { ReadOptions } from '../reader/model-reading.js';
import type { ProgramEvent } from './events.js';
import { judgeAnswer } from './judge.js';
import type { Program, UnboundName } from './program.js';
import { calledOnKnown, probeNetworks } from './probe.js';
import type { Supposed } from './probe.js';
import { Recorder } from './recorder.js';
import { supposedRuns } from './supposed/runs.js';
import { definitionsIn, enterUncalled, networkMeant } from './uncalled.js';

/** Steps for the file itself, and for each definition that is entered after it. */
const STEPS = 600_000;

/** What is known of a program besides its text. */
export interface ProgramOptions extends ReadOptions {
  /** How many classes the labels have. */
  readonly classes?: number;
}

/** Reads a whole program: what it would do when run, loops and unknown conditions followed abstractly. */
export function readProgram(source: string, options: ProgramOptions, cache: ModuleCache): Program {
  const file = options.filename ?? 'program.py';
  const recorder = new Recorder();
  const unbound = new Map<string, UnboundName>();
  const watching = {
    watcher: recorder,
    unbound: (rt: Runtime, name: string, module: PyModule): PyValue | undefined => {
      if (name.startsWith('__')) return undefined;
      const { line, column, endColumn } = rt.place;
      if (!unbound.has(name)) unbound.set(name, { name, line, column, endColumn });
      const network = networkMeant(python, recorder, rt, module, name);
      if (network !== undefined) return network;
      return recorder.values.unknown(
        rt,
        `the name ${name} is not defined`,
        { kind: 'unknown', reason: 'unbound' },
        [],
      );
    },
  };
  const budgets = { steps: STEPS, ...options.budgets };
  const python: Interpreter = interpreterFor(source, { ...options, budgets }, cache, { watching });
  python.run((rt) => Object.assign(readingOf(rt), { goesOn: true, training: true, gradients: true }));
  const outcome = python.runModule(source, file);
  const { body } = cache.compile(source, file).module;
  let supposed: Program['supposed'] = [];
  let unknowns = python.unknowns;
  if (outcome.kind !== 'budget') {
    const answers = enterUncalled(python, recorder, outcome.module, body);
    // What is not known after an input that was only tried out is none of the program's.
    if (options.inputs === undefined) unknowns = [...python.unknowns];
    supposed = probeNetworks(python, recorder, outcome.module, options.inputs);
    if (!supposed.flat().some(({ events }) => events.some(isLoss))) judgeAnswer(python, recorder, answers);
    supposed = [
      ...supposed,
      ...supposedRuns(
        python,
        recorder,
        outcome.module,
        definitionsIn(body),
        new Set([
          ...calledOnKnown(recorder.events),
          ...supposed.filter(areWhole).flatMap((runs) => calledOnKnown(runs[0]?.events ?? [])),
        ]),
      ),
    ];
  }
  recorder.values.settle();
  const reading = python.run((rt) => readingOf(rt));
  return {
    source,
    file,
    ...(options.classes !== undefined && { classes: options.classes }),
    body,
    events: recorder.events,
    supposed,
    modules: recorder.values.modules,
    optimizers: recorder.values.optimizers,
    loaders: recorder.values.loaders,
    syntaxErrors: python.syntaxErrors,
    warnings: reading.kind === 'finished' ? reading.value.warnings : [],
    unbound: [...unbound.values()],
    unknowns: unknowns.map(({ reason, place }) => ({ line: place.line, what: reason })),
    notes: python.notes,
    cutShort: outcome.kind === 'budget',
  };
}

function isLoss({ kind }: ProgramEvent): boolean {
  return kind === 'loss';
}

/** Whether the network took all that it was called on. */
function areWhole(runs: readonly Supposed[]): boolean {
  return runs.every(({ isWhole }) => isWhole);
}
