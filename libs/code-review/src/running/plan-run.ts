import type { Preparation, Retrace } from '@tensormark/execution';
import type { CodeReader, GivenInput, ModelReading, Program, ReadOptions } from '@tensormark/frameworks';
import { isGraphTensor, isLayer, type Network, type Result, type Tensor } from '@tensormark/network';
import type { RunInputs } from './running.js';
import { advised } from './advice.js';
import { sizesOfData, sizesOfFirstLayer, sizesRead, type Sizes } from './sizes.js';
import { taskOf, withLoss, type Task } from './task.js';

/** What to run, and for what: a network that is read the same as PyTorch would compute it, or why there is none. */
export type RunPlan =
  | {
      readonly kind: 'planned';
      readonly retrace: Retrace;
      readonly preparation: Preparation;
      readonly task: Task;
      readonly inputs: RunInputs;
      readonly network: Network;
      /** The program loads weights, which are not here: all are drawn anew. */
      readonly loads: boolean;
      /** Where the program names the network. */
      readonly line: number;
    }
  | { readonly kind: 'not-run'; readonly why: string; readonly line?: number };

export interface RunOptions {
  readonly read: Pick<ReadOptions, 'filename' | 'resolver' | 'call'>;
  readonly inputs?: readonly (readonly number[])[];
  readonly classes?: number;
  readonly batch?: number;
  readonly loss?: string;
}

const BATCH = 8;
const OVERFIT_STEPS = 60;
const UNKNOWN_INPUTS = 'which inputs the network takes is not known';

/** Finds the network of a file, inputs for it, and its task. Pure; nothing is run. */
export function planRun(reader: CodeReader, python: string, program: Program, options: RunOptions): RunPlan {
  const batch = options.batch ?? BATCH;
  const read = (inputs: readonly GivenInput[] | undefined, at = batch, training = true): ModelReading =>
    reader.read(python, { ...options.read, batch: at, training, ...(inputs && { inputs }) });
  const first = read(options.inputs);
  if (first.network === undefined)
    return { kind: 'not-run', why: first.unchosen ?? 'there is no network that could be made' };
  let why = doubt(first);
  for (const sizes of sizesFor(first, program, options)) {
    const reading = read(sizes.inputs);
    const doubted = doubt(reading);
    if (doubted !== undefined || reading.network === undefined) {
      why ??= doubted;
      continue;
    }
    const { network } = reading;
    const own = taskOf(
      program,
      network.modules.get('')?.type ?? '',
      tensorsIn(network.output),
      options.classes,
    );
    const task = withLoss(own, network.output, options.loss);
    const retrace: Retrace = ({ batch: at, training, inputs }) => {
      const shaped = sizes.inputs.map((given, index) => {
        const shape = inputs?.[index];
        if (shape === undefined) return given;
        return isShape(given) ? shape : { shape, dtype: given.dtype };
      });
      const traced = read(shaped, at, training);
      return doubt(traced) === undefined ? traced.network : undefined;
    };
    const { objective, optimiser } = task;
    return {
      kind: 'planned',
      retrace,
      preparation: { objective, batch, overfitSteps: OVERFIT_STEPS, ...(optimiser && { optimiser }) },
      task,
      network,
      loads: loadsWeights(program),
      line: lineOf(reading),
      inputs: {
        shapes: sizes.inputs.map((given) => (isShape(given) ? given : given.shape)),
        from: sizes.from,
      },
    };
  }
  // `--input` is for the network that is chosen; another, that is called by its name, has its own.
  const hint = options.read.call === undefined ? '; --input says it' : '';
  const sure = options.inputs !== undefined || first.inputs.source === 'called';
  return {
    kind: 'not-run',
    why:
      !sure && why?.raised === true
        ? `no inputs were found that it takes${hint}`
        : why === undefined || why.what === UNKNOWN_INPUTS
          ? `${UNKNOWN_INPUTS}${hint}`
          : advised(why.what),
    ...(why?.line !== undefined && { line: why.line }),
  };
}

/** Weights from a file or from the web. Whichever network they are for, the one that is run may be it. */
const LOADED =
  /\bpretrained\s*=\s*(?!False\b)\w|\bweights\s*=\s*(?!None\b)["'\w]|\bload_state_dict\s*\(|\bfrom_pretrained\s*\(|\btimm\.create_model\([^)]*,\s*True\b/;

function loadsWeights({ source }: Program): boolean {
  return LOADED.test(source.replaceAll(/#.*$/gm, ''));
}

function lineOf({ chosen, network }: ModelReading): number {
  if (chosen !== undefined && chosen.kind !== 'call') return chosen.line;
  return network?.modules.get('')?.place?.line ?? 1;
}

function isShape(given: GivenInput): given is readonly number[] {
  return Array.isArray(given);
}

function sizesFor(first: ModelReading, program: Program, options: RunOptions): readonly Sizes[] {
  if (options.inputs !== undefined) return [{ inputs: options.inputs, from: 'given' }];
  const { network } = first;
  const read = sizesRead(first);
  if (read.length > 0 && first.inputs.source === 'called') return read;
  return network === undefined ? [] : [...read, ...sizesOfData(program), ...sizesOfFirstLayer(network)];
}

function tensorsIn(result: Result<Tensor>): number {
  if (result === null) return 0;
  return isGraphTensor(result) ? 1 : result.reduce((count, item) => count + tensorsIn(item), 0);
}

interface Doubt {
  readonly what: string;
  readonly line?: number;
  readonly raised?: boolean;
}

/** Why what was recorded may not be what PyTorch computes; undefined where it is. */
function doubt(reading: ModelReading): Doubt | undefined {
  const { network, errors, departures, unknowns, gaps, traced } = reading;
  const [error] = errors;
  if (error)
    return { what: `it raises ${error.type}: ${error.message}`, line: error.place.line, raised: true };
  const unknown = unknowns.find(({ bears }) => bears === 'network');
  if (unknown) return { what: `it rests on what is not known: ${unknown.what}`, line: unknown.line };
  const [departure] = departures;
  if (departure) return { what: departure.what, ...(departure.place && { line: departure.place.line }) };
  if (gaps.parameters || gaps.buffers || gaps.forward) return { what: 'a part of the network is not known' };
  if (network === undefined || !traced) return { what: UNKNOWN_INPUTS };
  return overwritten(network);
}

/** A layer told to work in place changes its input, which the record does not show to what uses that input again. */
function overwritten(network: Network): Doubt | undefined {
  const changed = new Map<string, number>();
  for (const node of network.nodes) {
    if (node.kind !== 'call') continue;
    const again = node.inputs.find((tensor) => changed.has(`${tensor.node}:${tensor.output}`));
    if (again)
      return {
        what: `what ${node.operation} takes has been changed in place`,
        ...(node.place && { line: node.place.line }),
      };
    const inPlace = isLayer(node.layer) && node.layer.config['inplace'] === true;
    const [input] = node.inputs;
    if (input && (inPlace || node.call.arguments['inplace'] === true))
      changed.set(`${input.node}:${input.output}`, node.id);
  }
  return undefined;
}
