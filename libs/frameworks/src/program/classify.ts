import type { PyValue, Runtime } from '@tensormark/python';
import { LoaderObject } from '../torch/modules/data.js';
import { OptimizerObject, SchedulerObject } from '../torch/modules/optim.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { isNamedAsEnvironment } from './environments.js';
import type { Called, ModuleCalled, Receiver } from './events.js';
import { LOSS_FUNCTIONS, LOSS_NAMES } from './losses.js';
import { foreignCall } from './called-name.js';
import type { Recording } from './recording.js';
import { argument, Value } from './value.js';
import type { CallArguments, Datum } from './value.js';

/** What a call means for training, told before it runs: by the class of the receiver, or by name where it is unknown. */
export function callBegan(
  recorder: Recording,
  rt: Runtime,
  call: Called,
  self: PyValue | undefined,
  args: readonly PyValue[],
): void {
  const rule = RULES[call.name];
  if (rule !== undefined) rule(recorder, rt, call, self, args);
}

type Rule = (
  recorder: Recording,
  rt: Runtime,
  call: Called,
  self: PyValue | undefined,
  args: readonly PyValue[],
) => void;

const isUnknownMethod = (call: Called): boolean => call.owner === 'unknown';

function backward(
  recorder: Recording,
  rt: Runtime,
  call: Called,
  on: Datum | undefined,
  accumulates = true,
): void {
  recorder.activity++;
  const retains = argument(call.args, 'retain_graph', accumulates ? 2 : undefined) ?? false;
  recorder.record({
    kind: 'backward',
    on: on instanceof Value ? on : undefined,
    retains: retains !== false && retains !== null,
    accumulates,
    moment: recorder.moment(rt),
  });
}

/** A scheduler that is not known but for its name. */
function isScheduler(of: Receiver, { moment }: Called): boolean {
  if (!(of instanceof Value)) return false;
  const { made } = of;
  const written = moment.span?.text.split('.step(', 1)[0]?.split('.').at(-1) ?? '';
  if (/sched|^lr_|warm_?up|anneal/i.test(written) && !/opt/i.test(written)) return true;
  if (made.kind === 'argument') return made.role === 'scheduler' || /sched/i.test(made.name);
  return made.kind === 'attribute' && /sched/i.test(made.name);
}

/** An environment that an agent acts in: its steps change no weights. */
function isEnvironment(of: Receiver, { moment }: Called): boolean {
  if (!(of instanceof Value)) return false;
  const [written = ''] = moment.span?.text.split('.step(', 1) ?? [];
  if (isNamedAsEnvironment(written)) return true;
  const { made } = of;
  if (made.kind === 'argument' || made.kind === 'attribute') return /^envs?$/i.test(made.name);
  return /^(gym|gymnasium)\./.test(foreignCall(of)?.name ?? '');
}

function teaches(recorder: Recording, _rt: Runtime, call: Called): void {
  if (isUnknownMethod(call)) recorder.networkCalls++;
}

const RULES: Readonly<Record<string, Rule>> = {
  backward(recorder, rt, call) {
    const [receiver, first] = call.args.positional;
    if (call.owner === 'Tensor') backward(recorder, rt, call, receiver);
    else if (isUnknownMethod(call)) {
      // `accelerator.backward(loss)`: a value that was computed is what is meant.
      const given = first instanceof Value && first.made.kind !== 'unknown' ? first : receiver;
      backward(recorder, rt, call, given);
    } else if (call.owner === '') backward(recorder, rt, call, receiver);
  },
  // A network of Keras's or a graph of TensorFlow's that a loop teaches: more turns show nothing that the first have not.
  run(recorder, _rt, call) {
    const isFed = call.args.named.has('feed_dict') || call.args.positional.length > 2;
    if (isUnknownMethod(call) && isFed) recorder.networkCalls++;
  },
  train_on_batch: teaches,
  fit: teaches,
  fit_generator: teaches,
  manual_backward(recorder, rt, call) {
    backward(recorder, rt, call, call.args.positional[1] ?? call.args.positional[0]);
  },
  grad(recorder, rt, call) {
    if (call.owner === '') backward(recorder, rt, call, call.args.positional[0], false);
  },
  zero_grad(recorder, rt, call) {
    const of = receiverOf(call);
    if (of === undefined) return;
    recorder.activity++;
    recorder.record({ kind: 'zero-grad', of, moment: recorder.moment(rt) });
  },
  zero_(recorder, rt, call) {
    const [receiver] = call.args.positional;
    if (receiver instanceof Value && comesOfGradient(receiver))
      recorder.record({ kind: 'zero-grad', of: 'parameters', moment: recorder.moment(rt) });
  },
  step(recorder, rt, call, self) {
    if (self instanceof SchedulerObject) {
      recorder.record({
        kind: 'scheduler-step',
        scheduler: recorder.values.id(self),
        type: self.cls.name,
        args: call.args,
        moment: recorder.moment(rt),
      });
      return;
    }
    const [receiver, first] = call.args.positional;
    const of = isUnknownMethod(call) && isOptimizer(first) ? first : (receiverOf(call) ?? undefined);
    if (of === undefined || of.kind === 'module' || isScheduler(of, call) || isEnvironment(of, call)) return;
    recorder.activity++;
    recorder.record({
      kind: 'step',
      of,
      closure: call.args.named.has('closure') || (of === receiver && isFunction(first)),
      moment: recorder.moment(rt),
    });
  },
  train(recorder, rt, call) {
    const mode = argument(call.args, 'mode', 1) ?? true;
    setMode(recorder, rt, call, typeof mode === 'boolean' ? mode : undefined);
  },
  eval(recorder, rt, call) {
    setMode(recorder, rt, call, false);
  },
  __init__(recorder, rt, call, self) {
    if (self instanceof SchedulerObject)
      recorder.record({
        kind: 'scheduler-made',
        id: recorder.values.id(self),
        type: self.cls.name,
        args: call.args,
        moment: recorder.moment(rt),
      });
  },
  __setattr__(recorder, rt, call, self) {
    const [, name, value] = call.args.positional;
    if (!(self instanceof ModuleObject) || typeof name !== 'string') return;
    const previous = self.registries?.modules.get(rt, name) ?? self.attributes?.get(name);
    recorder.record({
      kind: 'attribute-set',
      module: recorder.values.moduleOf(self),
      name,
      value: value ?? null,
      previous: previous === undefined ? undefined : recorder.values.datum(rt, previous),
      moment: recorder.moment(rt),
    });
  },
};

function isOptimizer(datum: Datum | undefined): datum is Extract<Receiver, { kind: 'optimizer' } | Value> {
  if (typeof datum !== 'object' || datum === null || !('kind' in datum)) return false;
  return datum.kind === 'optimizer' || (datum instanceof Value && datum.made.kind === 'argument');
}

function isFunction(datum: Datum | undefined): boolean {
  return typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'function';
}

function receiverOf(call: Called): Receiver | undefined {
  const [receiver] = call.args.positional;
  if (typeof receiver !== 'object' || receiver === null || !('kind' in receiver)) return undefined;
  if (receiver.kind === 'optimizer' || receiver.kind === 'module' || receiver.kind === 'value')
    return receiver;
  return undefined;
}

function setMode(recorder: Recording, rt: Runtime, call: Called, training: boolean | undefined): void {
  const of = receiverOf(call);
  if (of === undefined || of.kind === 'optimizer') return;
  recorder.record({ kind: 'mode', of, training, moment: recorder.moment(rt) });
}

/** Whether a value is a gradient, or the data of one. */
function comesOfGradient(value: Value): boolean {
  const name = value.made.kind === 'operation' || value.made.kind === 'attribute' ? value.made.name : '';
  if (name === 'grad') return true;
  const [input] = value.inputs;
  return (
    (name === 'data' || name === 'detach' || name === 'detach_') &&
    input !== undefined &&
    comesOfGradient(input)
  );
}

/** The value that a call came to. */
function resultOf(call: { readonly result: Datum | undefined }): Value | undefined {
  return call.result instanceof Value ? call.result : undefined;
}

function lossOf(
  recorder: Recording,
  rt: Runtime,
  name: string,
  args: CallArguments,
  result: Value | undefined,
  module: ModuleCalled['module'] | undefined,
): void {
  const input = argument(args, 'input', 0);
  const moment = recorder.moment(rt);
  recorder.record({
    kind: 'loss',
    name,
    input: input instanceof Value ? input : undefined,
    target: argument(args, 'target', 1),
    result,
    args,
    module,
    moment,
  });
}

/** Whether it is the argument of a function that is called as a loss there: `criterion`. */
function isLossArgument(datum: Datum | undefined): boolean {
  return datum instanceof Value && datum.made.kind === 'argument' && datum.made.role === 'loss';
}

/** Told when a call has come to its end. */
export function callFinished(
  recorder: Recording,
  rt: Runtime,
  call: Called,
  self: PyValue | undefined,
): void {
  if (call.owner === '' && LOSS_NAMES.has(call.name))
    lossOf(recorder, rt, call.name, call.args, resultOf(call), undefined);
  const { positional } = call.args;
  if (call.owner === 'unknown' && call.name === '' && isLossArgument(positional[0]))
    lossOf(
      recorder,
      rt,
      'unknown',
      { ...call.args, positional: positional.slice(1) },
      resultOf(call),
      undefined,
    );
  if (call.name !== '__init__') return;
  if (self instanceof OptimizerObject) {
    const parameters = new Set([...self.parameters].map((tensor) => recorder.values.parameterId(tensor)));
    const optimizer = {
      kind: 'optimizer',
      id: recorder.values.id(self),
      type: self.cls.name,
      made: call.moment,
      parameters,
      isComplete: parameters.size > 0 && !call.args.positional.slice(1, 2).some(isUncertain),
      given: argument(call.args, 'params', 1),
      hasGroups: isGrouped(argument(call.args, 'params', 1)),
      rate: call.args.positional[2],
      named: call.args.named,
    } as const;
    recorder.values.keepOptimizer(self, optimizer);
    recorder.record({ kind: 'optimizer-made', optimizer, moment: call.moment });
  }
  if (self instanceof LoaderObject) {
    const { batchSize } = self;
    const loader = {
      kind: 'loader',
      id: recorder.values.id(self),
      made: call.moment,
      dataset: argument(call.args, 'dataset', 1) ?? null,
      batchSize: typeof batchSize === 'bigint' ? Number(batchSize) : undefined,
      named: call.args.named,
    } as const;
    recorder.values.keepLoader(self, loader);
    recorder.record({ kind: 'loader-made', loader, moment: call.moment });
  }
}

/** Whether what an optimiser was given is a list of dictionaries. */
function isGrouped(given: Datum | undefined): boolean {
  return Array.isArray(given) && given.some((item: Datum) => !(item instanceof Value));
}

/** Whether something unknown is in a datum. */
function isUncertain(datum: Datum): boolean {
  if (Array.isArray(datum)) return datum.some((item: Datum) => isUncertain(item));
  return datum instanceof Value && datum.shape === undefined;
}

/** A module's call has come to its end: a loss, if it is one of PyTorch's. */
export function moduleFinished(recorder: Recording, rt: Runtime, event: ModuleCalled): void {
  const { module } = event;
  if (!module.isNative) return;
  const loss = module.object.cls.mro.find(({ name }) => Object.hasOwn(LOSS_FUNCTIONS, name));
  const name = loss === undefined ? undefined : LOSS_FUNCTIONS[loss.name];
  if (name === undefined) return;
  lossOf(recorder, rt, name, event.args, resultOf(event), module);
}

/** A method of the program's own that overrides one of an optimiser's. */
export function functionEntered(
  recorder: Recording,
  rt: Runtime,
  name: string,
  [self]: readonly PyValue[],
): void {
  if (!(self instanceof OptimizerObject)) return;
  const optimizer = recorder.values.optimizerOf(self);
  if (optimizer === undefined) return;
  if (name === 'step') {
    recorder.activity++;
    recorder.record({ kind: 'step', of: optimizer, closure: false, moment: recorder.moment(rt) });
  }
}
