import type { Called } from '../../program/events.js';
import type { Moment } from '../../program/moment.js';
import type { Program } from '../../program/program.js';
import { foreignCall, ownClass } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { arrayFacts } from './arrays.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { isOpaque } from './array-items.js';
import { lossOf } from './losses.js';
import type { KerasLoss } from './losses.js';
import { application, numberOf, wholeOf } from './names.js';
import { networksIn, withInput } from './networks.js';
import { calledIn, subclassedIn } from './own-networks.js';
import type { KerasNetwork } from './networks.js';
import { optimizerOf } from './optimizers.js';
import type { KerasOptimizer } from './optimizers.js';
import { streamOf } from './streams.js';
import type { Stream } from './streams.js';

/** `compile` of a network. */
export interface Compiled {
  readonly call: Called;
  readonly moment: Moment;
  readonly lossGiven: Datum | undefined;
  /** Undefined where it is the program's own, one for each output, or not known. */
  readonly loss: KerasLoss | undefined;
  readonly optimizerGiven: Datum | undefined;
  readonly optimizer: KerasOptimizer | undefined;
  /** Names of the metrics that are known. */
  readonly metrics: readonly string[];
}

/** Examples and their targets, as a method of a network is given them. */
export interface Examples {
  readonly x: Datum | undefined;
  readonly y: Datum | undefined;
  readonly inputs: ArrayFacts;
  readonly targets: ArrayFacts;
  /** Of a data set: what one element of it is. */
  readonly element?: Stream['given'] | undefined;
}

/** `fit` of a network. */
export interface Fitted extends Examples {
  readonly call: Called;
  readonly moment: Moment;
  readonly epochs: Size;
  readonly epochsGiven: boolean;
  readonly batchSize: Size;
  readonly validation: Examples | undefined;
  readonly validationSplit: number | undefined;
  readonly shuffle: Datum | undefined;
  /** Whether a generator of the program yields them. */
  readonly isYielded: boolean;
}

/** Examples and targets that the program's own loop computes a loss of. */
export interface Lesson extends Examples {
  readonly judged: Compiled;
  readonly moment: Moment;
  readonly validation?: undefined;
}

/** `predict` or `evaluate`. */
export interface Used extends Examples {
  readonly kind: 'predict' | 'evaluate';
  readonly call: Called;
  readonly moment: Moment;
}

/** A network with what is done with it. */
export interface KerasModel {
  /** Undefined where what it is made of is not known. */
  readonly network: KerasNetwork | undefined;
  readonly value: Value;
  readonly compiles: readonly Compiled[];
  readonly fits: readonly Fitted[];
  readonly lessons: readonly Lesson[];
  readonly uses: readonly Used[];
}

/** What a program does with Keras. */
export interface KerasProgram {
  readonly models: readonly KerasModel[];
  /** Optimisers whose steps the program makes itself. */
  readonly optimizers: readonly KerasOptimizer[];
}

const known = new WeakMap<Program, KerasProgram>();

/** What a program does with Keras, found once. */
export function kerasOf(program: Program): KerasProgram {
  let found = known.get(program);
  if (found === undefined) {
    found = read(program);
    known.set(program, found);
  }
  return found;
}

interface Growing {
  readonly network: KerasNetwork | undefined;
  readonly value: Value;
  readonly compiles: Compiled[];
  readonly fits: Fitted[];
  readonly lessons: Lesson[];
  readonly uses: Used[];
}

function read(program: Program): KerasProgram {
  if (!/keras|(?<!\bnn\.)(Sequential|\b(Dense|Conv[123]D|LSTM|GRU)\b)/.test(program.source))
    return { models: [], optimizers: [] };
  const models = new Map<number, Growing>();
  const modelOf = (value: Value, network?: KerasNetwork): Growing => {
    let model = models.get(value.id);
    if (model === undefined) {
      model = { network, value, compiles: [], fits: [], lessons: [], uses: [] };
      models.set(value.id, model);
    }
    return model;
  };
  for (const [, network] of networksIn(program)) modelOf(network.value, network);
  const subclassed = subclassedIn(program);
  const called = calledIn(program);
  const made = new Set<string>();
  const optimizers = new Map<number, KerasOptimizer>();
  for (const event of program.events) {
    if (event.kind !== 'call') continue;
    const [on] = event.args.positional;
    if (!(on instanceof Value)) continue;
    if (event.name === 'apply_gradients' || event.name === 'minimize') {
      const optimizer = optimizerOf(on);
      if (optimizer !== undefined && !stepsPlainVariables(event)) optimizers.set(on.id, optimizer);
    }
    const own = ownClass(on);
    const network = own === undefined ? undefined : (called.get(on.id) ?? subclassed.get(own));
    if (own !== undefined && network !== undefined) {
      made.add(own);
      modelOf(on, network);
    }
    const judged = judgedBy(event, (given) => models.get(application(given)?.callee.id ?? -1));
    if (judged !== undefined) {
      judged.model.compiles.push(judged.compiled);
      judged.model.lessons.push(judged.lesson);
    }
    if (
      event.name === 'compile' &&
      (models.has(on.id) || event.args.named.has('loss') || event.args.named.has('optimizer'))
    )
      modelOf(on).compiles.push(compiled(event));
    const model = models.get(on.id) ?? (isFittedElsewhereMade(event) ? modelOf(on) : undefined);
    if (model === undefined) continue;
    if (/^(fit|fit_generator|train_on_batch)$/.test(event.name)) model.fits.push(fitted(event));
    if (/^predict(_classes|_proba|_generator)?$|^evaluate(_generator)?$/.test(event.name))
      model.uses.push(used(event));
  }
  // Of classes that nothing is made of, the network itself can be looked at.
  for (const [name, network] of subclassed) if (!made.has(name)) modelOf(network.value, network);
  return { models: [...models.values()].map(shapedByData), optimizers: [...optimizers.values()] };
}

/** Whether something that another file makes learns as a network of Keras does: from batches, with data to validate with. */
function isFittedElsewhereMade({ name, owner, args }: Called): boolean {
  return (
    owner === 'unknown' &&
    (name === 'fit_generator' ||
      (name === 'fit' &&
        ['validation_data', 'validation_split', 'steps_per_epoch', 'callbacks', 'batch_size'].some((one) =>
          args.named.has(one),
        ) &&
        (args.named.has('epochs') || args.named.has('nb_epoch'))))
  );
}

/** Whether it is variables of the program's own that are fitted, as a picture or a curve's numbers are, and no network. */
function stepsPlainVariables({ name, args }: Called): boolean {
  const pairs = argument(args, 'grads_and_vars', 1);
  const variables =
    name === 'minimize'
      ? argument(args, 'var_list', 2)
      : Array.isArray(pairs)
        ? pairs.map((pair: Datum) => (Array.isArray(pair) ? (pair[1] ?? null) : null))
        : undefined;
  return (
    Array.isArray(variables) &&
    variables.length > 0 &&
    variables.every((variable: Datum) =>
      /^tensorflow\.(\w+\.)*Variable$/.test(foreignCall(variable)?.name ?? ''),
    )
  );
}

/** A loss that the program computes itself of what a network gives: `loss_fn(labels, model(x))`. */
function judgedBy(
  call: Called,
  modelBehind: (given: Datum | undefined) => Growing | undefined,
): { readonly model: Growing; readonly compiled: Compiled; readonly lesson: Lesson } | undefined {
  const applied = application(call.result) ?? functionOf(call.result);
  const loss = applied && lossOf(applied.callee);
  const given = applied && (applied.args.named.get('y_pred') ?? applied.args.positional[1]);
  const model = modelBehind(given);
  if (applied === undefined || loss === undefined || model === undefined) return undefined;
  const { moment } = call;
  const compiled: Compiled = {
    call,
    moment,
    lossGiven: applied.callee,
    loss,
    optimizerGiven: undefined,
    optimizer: undefined,
    metrics: [],
  };
  const x = application(given)?.args.positional[0];
  const y = applied.args.named.get('y_true') ?? applied.args.positional[0];
  const lesson: Lesson = {
    judged: compiled,
    moment,
    x,
    y,
    inputs: arrayFacts(x),
    targets: arrayFacts(y),
  };
  return { model, compiled, lesson };
}

/** `keras.losses.binary_crossentropy(y, p)`: a function in the place of an object, which takes probabilities. */
function functionOf(
  datum: Datum | undefined,
): { readonly callee: string; readonly args: Called['args'] } | undefined {
  const call = foreignCall(datum);
  const callee = /\.(?:losses|metrics|backend)\.((?:sparse_)?(?:binary|categorical)_crossentropy)$/.exec(
    call?.name ?? '',
  )?.[1];
  return call === undefined ||
    callee === undefined ||
    call.args.named.has('from_logits') ||
    call.args.positional.length > 2
    ? undefined
    : { callee, args: call.args };
}

/** A network that says no input shape has that of the data that it is given first. */
function shapedByData(model: Growing): KerasModel {
  const { network } = model;
  const given = [...model.fits, ...model.uses].find(({ inputs }) => inputs.shape !== undefined);
  const example = given?.inputs.shape?.slice(1);
  if (network === undefined || network.input !== undefined || example === undefined || example.length === 0)
    return model;
  return { ...model, network: withInput(network, example) };
}

function compiled(call: Called): Compiled {
  const { args, moment } = call;
  const lossGiven = argument(args, 'loss', 2);
  const optimizerGiven = argument(args, 'optimizer', 1);
  const metrics = argument(args, 'metrics', 3);
  return {
    call,
    moment,
    lossGiven,
    loss: lossOf(lossGiven),
    optimizerGiven,
    optimizer: optimizerOf(optimizerGiven),
    metrics: (Array.isArray(metrics) ? metrics : metrics === undefined ? [] : [metrics]).flatMap(
      (metric: Datum) => lossOf(metric)?.name ?? [],
    ),
  };
}

function examples(x: Datum | undefined, y: Datum | undefined): Examples {
  const stream = y === undefined || y === null ? streamOf(x) : undefined;
  return {
    x,
    y,
    inputs: stream?.inputs ?? arrayFacts(onlyIn(x)),
    targets: stream?.targets ?? arrayFacts(onlyIn(y)),
    element: stream?.given,
  };
}

/** `[x]` is a list of one input, and no array of one example more. */
function onlyIn(given: Datum | undefined): Datum | undefined {
  const [only, ...more] = Array.isArray(given) ? given : [];
  const isArray = only instanceof Value || (isOpaque(only) && only.holds?.kind === 'array');
  return isArray && more.length === 0 ? only : given;
}

/** Examples and targets that a generator of the program yields, as far as the first batch says what all are. */
function yieldedTo({ args, result }: Called): Examples | undefined {
  const gives =
    result instanceof Value && result.made.kind === 'operation'
      ? result.made.args.named.get('gives')
      : undefined;
  if (!Array.isArray(gives) || gives.length < 2) return undefined;
  const [x, y] = gives;
  return {
    x: argument(args, 'x', 1) ?? args.named.get('generator'),
    y: undefined,
    inputs: ofBatch(x),
    targets: ofBatch(y),
  };
}

/** What one batch says of all: not how many there are, nor, where it is filled number by number, what they are. */
function ofBatch(batch: Datum | undefined): ArrayFacts {
  const { shape, scale, targets, set } = arrayFacts(batch);
  // A batch that is empty in this reading has no example that says anything.
  const rest = shape === undefined || shape[0] === 0 ? undefined : [undefined, ...shape.slice(1)];
  return batch instanceof Value ? { shape: rest, scale, targets, set } : { shape: rest };
}

function fitted(call: Called): Fitted {
  const { args, moment, name } = call;
  const place = (at: number): number | undefined => (name === 'fit' ? at : undefined);
  const x = argument(args, 'x', 1) ?? args.named.get('generator');
  const y = argument(args, 'y', name === 'train_on_batch' ? 2 : place(2));
  const validation = argument(args, 'validation_data', place(8));
  const epochs = argument(args, 'epochs', place(4)) ?? args.named.get('nb_epoch');
  const yielded = yieldedTo(call);
  return {
    ...(yielded ?? examples(x, y)),
    isYielded: yielded !== undefined,
    call,
    moment,
    epochs: epochs === undefined ? (name === 'fit' ? 1 : undefined) : wholeOf(epochs),
    epochsGiven: epochs !== undefined,
    batchSize: wholeOf(argument(args, 'batch_size', place(3)) ?? (name === 'fit' ? 32n : undefined)),
    validation:
      validation === undefined || validation === null
        ? undefined
        : Array.isArray(validation)
          ? examples(validation[0], validation[1])
          : examples(validation, undefined),
    validationSplit: numberOf(argument(args, 'validation_split', place(7))),
    shuffle: argument(args, 'shuffle', place(9)),
  };
}

function used(call: Called): Used {
  const { args, moment, name } = call;
  const x = argument(args, 'x', 1);
  const y = name === 'evaluate' ? argument(args, 'y', 2) : undefined;
  return { ...examples(x, y), call, moment, kind: name.startsWith('predict') ? 'predict' : 'evaluate' };
}

/** The network that a value is the prediction of: what it gives itself, not the classes that `predict_classes` makes of it. */
export function predictionOf(program: Program, datum: Datum | undefined): KerasModel | undefined {
  if (!(datum instanceof Value)) return undefined;
  const { models } = kerasOf(program);
  const applied = application(datum);
  if (applied !== undefined) return models.find(({ value }) => value === applied.callee);
  return models.find(({ uses }) =>
    uses.some(
      ({ call, kind }) => kind === 'predict' && call.name !== 'predict_classes' && call.result === datum,
    ),
  );
}
