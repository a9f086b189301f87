import { Value } from '@tensormark/frameworks';
import type {
  Datum,
  LossComputed,
  ModuleCalled,
  Program,
  ProgramModule,
  ProgramOptimizer,
} from '@tensormark/frameworks';
import {
  buildLayer,
  isGraphTensor,
  type Layer,
  type Result,
  type SourcePlace,
  type Tensor,
} from '@tensormark/network';
import type {
  Objective,
  OptimiserArgument,
  OptimiserSettings,
  PlanArgument,
  PlanArguments,
  Target,
} from '@tensormark/execution';
import { eventsOf } from '../ask/events.js';
import { outermostCalls } from '../ask/module-calls.js';

/** What the program trains its network for, and how; what cannot be told is left out. */
export interface Task {
  readonly objective: Objective;
  readonly optimiser?: OptimiserSettings;
  readonly optimiserPlace: SourcePlace | undefined;
  /** The program changes gradients or rates on the way, so that bare steps are not its own. */
  readonly steered: boolean;
  /** The program computes no loss on the network: one was taken for it, and says nothing of the program. */
  readonly assumed: boolean;
}

const PROBE: Objective = { kind: 'probe' };

/** @param type the class of the network that is run */
export function taskOf(program: Program, type: string, outputs: number, classes: number | undefined): Task {
  const calls = outermostCalls(program).filter(({ module }) => module.type === type);
  const objective = outputs === 1 ? objectiveOf(program, calls, classes) : undefined;
  const modules = new Set(calls.map(({ module }) => module));
  const [only] = modules;
  const optimiser = modules.size === 1 && only ? optimiserOf(program, only) : undefined;
  return {
    objective: objective ?? PROBE,
    ...(optimiser && { optimiser }),
    optimiserPlace: program.optimizers[0]?.made.span?.place,
    steered: isSteered(program),
    assumed: false,
  };
}

const LIKELY = 'likely';

/**
 * The task with a loss to train for where the program has none: the one named, or with `likely` cross-entropy for scores
 * of shape `[N, C]`. As it was where the program has a loss, or none fits.
 */
export function withLoss(task: Task, output: Result<Tensor>, loss: string | undefined): Task {
  if (loss === undefined || task.objective.kind !== 'probe' || !isGraphTensor(output)) return task;
  const { shape, dtype } = output;
  if (!dtype.startsWith('float')) return task;
  const classes = shape[1] ?? 0;
  const isScores = shape.length === 2 && classes >= 2;
  if (loss === LIKELY && !isScores) return task;
  const layer = loss === LIKELY ? 'CrossEntropyLoss' : loss;
  const target = targetFor(layer, classes);
  const config = plainConfig(buildLayer(layer, { positional: [] }).layer);
  if (target === undefined || config === undefined) return task;
  return { ...task, objective: { kind: 'loss', loss: layer, config, output: 0, target }, assumed: true };
}

function targetFor(layer: string, classes: number): Target | undefined {
  switch (layer) {
    case 'CrossEntropyLoss':
    case 'NLLLoss':
      return classes < 2 ? undefined : { kind: 'classes', count: classes };
    case 'BCELoss':
    case 'BCEWithLogitsLoss':
      return { kind: 'truth-values' };
    case 'MSELoss':
    case 'L1Loss':
      return { kind: 'numbers' };
    default:
      return undefined;
  }
}

/** The one loss that is computed on what the network itself gives. */
function objectiveOf(
  program: Program,
  calls: readonly ModuleCalled[],
  classes: number | undefined,
): Objective | undefined {
  const losses = eventsOf(program, 'loss');
  const [first] = losses;
  if (first === undefined || losses.some(({ name }) => name !== first.name)) return undefined;
  const called = calls.find(({ result }) => result instanceof Value && result === first.input);
  const rule = LOSSES[first.name];
  if (called === undefined || rule === undefined) return undefined;
  const config = configOf(first, rule.layer);
  const width = first.input?.shape?.[1];
  const target = rule.target(called, first, classes ?? width);
  return config && target && { kind: 'loss', loss: rule.layer, config, output: 0, target };
}

interface LossRule {
  readonly layer: string;
  target(call: ModuleCalled, loss: LossComputed, classes: number | undefined): Target | undefined;
}

const ofClasses: LossRule['target'] = (_, __, count) =>
  count === undefined || count < 2 ? undefined : { kind: 'classes', count };
const truth: LossRule['target'] = () => ({ kind: 'truth-values' });
/** An autoencoder is compared with what it was given. */
const numbers: LossRule['target'] = ({ args }, { target }) =>
  target instanceof Value && target === args.positional[0] ? { kind: 'input' } : { kind: 'numbers' };

const LOSSES: Readonly<Record<string, LossRule>> = {
  cross_entropy: { layer: 'CrossEntropyLoss', target: ofClasses },
  nll_loss: { layer: 'NLLLoss', target: ofClasses },
  binary_cross_entropy: { layer: 'BCELoss', target: truth },
  binary_cross_entropy_with_logits: { layer: 'BCEWithLogitsLoss', target: truth },
  mse_loss: { layer: 'MSELoss', target: numbers },
  l1_loss: { layer: 'L1Loss', target: numbers },
  smooth_l1_loss: { layer: 'SmoothL1Loss', target: numbers },
};

/** The loss's own arguments; undefined where one of them cannot be told. */
function configOf({ module, args }: LossComputed, layer: string): PlanArguments | undefined {
  const own = module === undefined ? buildLayer(layer, { positional: [] }).layer : module.layer;
  if (module === undefined && (args.named.size > 2 || args.positional.length > 2)) return undefined;
  return plainConfig(own);
}

function plainConfig(own: Layer | undefined): PlanArguments | undefined {
  if (own === undefined) return undefined;
  const config: Record<string, PlanArgument> = {};
  for (const [name, value] of Object.entries(own.config)) {
    const plain = plainOf(value);
    if (plain === undefined) return undefined;
    config[name] = plain;
  }
  return config;
}

function plainOf(value: unknown): PlanArgument | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

const OPTIMISERS = new Map<string, OptimiserSettings['type']>(
  (['SGD', 'Adam', 'AdamW', 'RMSprop', 'Adagrad', 'Adadelta', 'Adamax', 'NAdam', 'RAdam'] as const).map(
    (name) => [name, name],
  ),
);

/** The program's optimiser, where it has one, and every argument of it is known. */
function optimiserOf(program: Program, network: ProgramModule): OptimiserSettings | undefined {
  const [optimizer, ...more] = program.optimizers;
  const type = optimizer && OPTIMISERS.get(optimizer.type);
  if (optimizer === undefined || type === undefined || more.length > 0) return undefined;
  if (!optimizer.isComplete || optimizer.hasGroups) return undefined;
  const settings = settingsOf(optimizer);
  const own = network.parameters.filter(({ id }) => optimizer.parameters.has(id)).map(({ path }) => path);
  if (settings === undefined || own.length === 0) return undefined;
  const all = own.length === network.parameters.length;
  return { type, arguments: settings, ...(!all && { parameters: own }) };
}

function settingsOf({ named, rate }: ProgramOptimizer): Record<string, OptimiserArgument> | undefined {
  const settings: Record<string, OptimiserArgument> = {};
  for (const [name, datum] of rate === undefined ? named : new Map([...named, ['lr', rate]])) {
    if (name === 'params' || name === 'foreach' || name === 'fused' || name === 'capturable') continue;
    const value = settingOf(datum);
    if (value === undefined) return undefined;
    settings[name] = value;
  }
  return settings;
}

function settingOf(datum: Datum): OptimiserArgument | undefined {
  if (datum === null || typeof datum === 'boolean') return datum;
  if (typeof datum === 'bigint' || typeof datum === 'number') return Number(datum);
  if (!isList(datum)) return undefined;
  const numbers = datum.flatMap((item) =>
    typeof item === 'bigint' || typeof item === 'number' ? [Number(item)] : [],
  );
  return numbers.length === datum.length ? numbers : undefined;
}

function isList(datum: Datum): datum is readonly Datum[] {
  return Array.isArray(datum);
}

/** Clipping, schedules, scaling: what keeps a rate bearable that would not be by itself. */
function isSteered(program: Program): boolean {
  return program.events.some(
    (event) =>
      event.kind === 'scheduler-made' ||
      (event.kind === 'call' && /^clip_grad|^clamp_$|^scale$|^unscale_$/.test(event.name)) ||
      (event.kind === 'tensor-set' && event.name === 'grad' && event.value !== null),
  );
}
