import type { Interpreter, Outcome, PyModule, PyValue } from '@tensormark/python';

import type { Network, Result, Tensor, TensorType } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import { Trace } from '../trace/trace.js';
import type { Departure, ModuleCall } from '../trace/trace.js';
import { argumentsFor } from '../keras/root.js';
import { KerasObject } from '../keras/object.js';
import { KerasTensor } from '../keras/tensor.js';
import { toResult } from '../torch/convert.js';
import { namedModules } from '../torch/nn/module-object.js';
import type { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { unknownsIn } from './bearing.js';
import type { FoundError } from './model-reading.js';

/** One trace of a forward pass. */
export interface Forward {
  readonly network: Network;
  readonly finished: boolean;
  /** Whether what came out is, or holds, an unknown: then work on the way to it may be missing. */
  readonly isLost: boolean;
  readonly outputs: Result<Tensor>;
  readonly moduleCalls: ReadonlyMap<string, ModuleCall>;
  readonly errors: readonly FoundError[];
  readonly departures: readonly Departure[];
}

export interface ForwardOptions {
  readonly batch: number;
  readonly training: boolean;
  /** The module whose names the program sees; a name it lacks is made an unknown there to read on. */
  readonly globals: PyModule;
}

/** The network without a forward: its modules, parameters and buffers. */
export function declareOnly(root: ModuleObject): Network {
  return new Trace(root).finish(null);
}

/** How often a forward is run again after a missing name, to find what is wrong behind it. */
const MOST_RERUNS = 8;

/**
 * Runs the forward on inputs of given types. After an error in a layer or operation the pass goes on with what would
 * have come had it been right; after a missing attribute or name it is run again with an unknown in its place.
 */
export function traceForward(
  python: Interpreter,
  root: ModuleObject,
  inputs: readonly TensorType[],
  options: ForwardOptions,
): Forward {
  const missing: FoundError[] = [];
  for (let run = 0; ; run++) {
    const { forward, raised } = traceOnce(python, root, inputs, options);
    const patched =
      raised !== undefined && run < MOST_RERUNS && putUnknown(python, root, raised, options.globals);
    if (!patched || raised === undefined) return { ...forward, errors: [...missing, ...forward.errors] };
    missing.push(raised);
  }
}

interface Run {
  readonly forward: Forward;
  /** The exception that ended the run, if one did; it is among the forward's errors. */
  readonly raised: FoundError | undefined;
}

function traceOnce(
  python: Interpreter,
  root: ModuleObject,
  inputs: readonly TensorType[],
  { batch, training }: ForwardOptions,
): Run {
  for (const { module } of namedModules(root)) module.training = training;
  const trace = new Trace(root);
  const errors: FoundError[] = [];
  const outcome: Outcome<PyValue> = python.run((rt) => {
    const reading = readingOf(rt);
    const before = reading.errors.length;
    const given = inputs.map((type, at) => {
      const tensor = root instanceof KerasObject ? new KerasTensor(type) : new TensorObject(type);
      trace.bind(tensor, trace.builder.input(type, inputs.length === 1 ? 'input' : `input ${at + 1}`));
      return tensor;
    });
    Object.assign(reading, { trace, goesOn: true, batch, gradients: true });
    try {
      return rt.call(root, root instanceof KerasObject ? argumentsFor(root, given) : given);
    } finally {
      Object.assign(reading, { trace: undefined, goesOn: false });
      errors.push(
        ...reading.errors.splice(before).map((error): FoundError => ({ ...error, during: 'forward' })),
      );
    }
  });
  const raised = endOf(outcome);
  if (raised !== undefined) errors.push(raised);
  if (outcome.kind === 'finished') for (const unknown of unknownsIn(outcome.value)) unknown.weighed = true;
  const outputs =
    outcome.kind === 'finished' ? toResult(outcome.value, (tensor) => trace.valueOf(tensor)) : null;
  const forward: Forward = {
    network: trace.finish(outputs),
    finished: outcome.kind === 'finished',
    isLost: outcome.kind === 'finished' && unknownsIn(outcome.value).size > 0,
    outputs,
    moduleCalls: trace.moduleCalls,
    errors,
    departures: trace.departures,
  };
  return { forward, raised };
}

/** Why a run did not come to its end. */
export function endOf(
  outcome: Outcome<PyValue>,
  during: FoundError['during'] = 'forward',
): FoundError | undefined {
  switch (outcome.kind) {
    case 'finished':
      return undefined;
    case 'raised': {
      const { type, message, place } = outcome.error;
      return { type, message, place, exact: true, during };
    }
    case 'budget': {
      const { message, place } = outcome;
      return { type: 'BudgetError', message, place, exact: false, during };
    }
  }
}

/** Makes a missing name an unknown, so that what stands behind it is read too; false where the error is another. */
function putUnknown(
  python: Interpreter,
  root: ModuleObject,
  { type, message }: FoundError,
  globals: PyModule,
): boolean {
  const attribute = /^'(\w+)' object has no attribute '(\w+)'$/.exec(message);
  const name = /^name '(\w+)' is not defined/.exec(message)?.[1];
  const outcome = python.run((rt) => {
    if (type === 'NameError' && name !== undefined) {
      globals.namespace.set(name, rt.unknown(`the name ${name} is not defined`));
      return true;
    }
    if (type !== 'AttributeError' || attribute === null) return false;
    const [, owner = '', missing = ''] = attribute;
    const modules = namedModules(root).filter(({ module }) => module.cls.name === owner);
    for (const { module } of modules) {
      module.attributes ??= new Map();
      module.attributes.set(missing, rt.unknown(`${owner} has no attribute ${missing}`));
    }
    return modules.length > 0;
  });
  return outcome.kind === 'finished' && outcome.value;
}
