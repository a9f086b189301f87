import { argument, isValue } from '@tensormark/frameworks';
import type { ProgramModule, Value } from '@tensormark/frameworks';
import { eachAncestor, makerOf } from './ancestry.js';

/** Operations that gradients do not flow through. */
const CUTS = new Set([
  'detach',
  'data',
  'item',
  'numpy',
  'tolist',
  'argmax',
  'argmin',
  'argsort',
  'multinomial',
  'bernoulli',
  'one_hot',
  'eq',
  'ne',
  'gt',
  'lt',
  'ge',
  'le',
  'float_of',
  'int',
  'long',
  'bool',
  'round',
  'sign',
  'shape',
  'size',
  'len',
  'numel',
  'nelement',
  'dim',
  'ndimension',
  'nonzero',
  'zeros_like',
  'ones_like',
  'rand_like',
  'randn_like',
  'empty_like',
  'full_like',
  'new_zeros',
  'new_ones',
  'tensor',
  'as_tensor',
  'from_numpy',
  'FloatTensor',
  'DoubleTensor',
  'LongTensor',
  'array',
  'asarray',
  'grad',
  '__float__',
  '__int__',
]);

/** Operations that give values with their places: `values, indices = torch.max(x, 1)`. */
const WITH_PLACES = /^(max|min|topk|sort|mode|kthvalue|median|cummax|cummin)$/;

/** Whether it is the places that such an operation gives. */
export function isPlaces(value: Value): boolean {
  const { made, dtype, inputs } = value;
  if (made.kind === 'attribute')
    return made.name === 'indices' && inputs[0] !== undefined && WITH_PLACES.test(makerOf(inputs[0]));
  if (made.kind !== 'operation') return false;
  if (dtype !== undefined) return dtype === 'int64' && WITH_PLACES.test(made.name);
  const [of, key] = made.args.positional;
  return (
    (made.name === 'unpacked' || made.name === 'getitem') &&
    key === 1n &&
    isValue(of) &&
    WITH_PLACES.test(makerOf(of)) &&
    hasDim(of)
  );
}

/** Whether the operation was given a dimension, without which `torch.max` gives no places. */
function hasDim({ made }: Value): boolean {
  return (
    made.kind === 'operation' &&
    (made.name !== 'max' || made.args.named.has('dim') || typeof made.args.positional[1] === 'bigint')
  );
}

/** What tells of a tensor and is none of its numbers, and what has them without their history. */
const WITHOUT_GRAPH = /^(shape|ndim|dtype|device|data|grad)$/;

/** Whether gradients stop at a value. */
export function isCut(value: Value): boolean {
  return (
    !value.gradients ||
    value.requiresGrad === false ||
    (CUTS.has(makerOf(value)) && !isGradientWithGraph(value)) ||
    (value.made.kind === 'attribute' && WITHOUT_GRAPH.test(value.made.name)) ||
    isPlaces(value)
  );
}

/** `torch.autograd.grad(…, create_graph=True)`: a gradient that can be learned through. */
function isGradientWithGraph({ made }: Value): boolean {
  return (
    made.kind === 'operation' &&
    made.name === 'grad' &&
    (argument(made.args, 'create_graph', 4) ?? false) !== false
  );
}

/** Operations of one tensor, of which the rest that they are given tells where to and how. */
const OF_ONE =
  /^(to|cuda|cpu|type|float|view|reshape|expand|permute|transpose|repeat|sum|mean|squeeze|unsqueeze|flatten|chunk|split|pad_sequence)$/;

/** The values that gradients of `root` flow through, from it upwards. */
export function graphOf(root: Value): readonly Value[] {
  const known = graphs.get(root);
  if (known !== undefined) return known;
  const found: Value[] = [];
  const told = new Set<Value>();
  eachAncestor(root, (value) => {
    if (isCut(value) || told.has(value)) return false;
    const { made, inputs, requiresGrad } = value;
    found.push(value);
    if (made.kind === 'operation' && OF_ONE.test(made.name))
      for (const input of inputs.slice(1)) if (input.made.kind === 'unknown') told.add(input);
    // What a loader gives is new: nothing that its examples were made of gets gradients.
    return made.kind !== 'batch' || requiresGrad === true;
  });
  graphs.set(root, found);
  return found;
}

/** What was found already: of one loss ten checks ask. */
const graphs = new WeakMap<Value, readonly Value[]>();

/**
 * The unknowns among values that are no more than gone over for examples: what a loader that the file does not define gives
 * comes of no parameters.
 */
export function sourcesOfData(graph: readonly Value[]): ReadonlySet<Value> {
  const sources = new Set<Value>();
  for (const value of graph)
    if (makerOf(value) === 'element')
      for (const input of value.inputs)
        if (input.made.kind === 'unknown' && /load|_dl\b|data|batch/i.test(input.span?.text ?? ''))
          sources.add(input);
  if (sources.size > 0)
    for (const value of graph)
      if (makerOf(value) !== 'element') for (const input of value.inputs) sources.delete(input);
  return sources;
}

/** Whether the gradients of a value may reach anything that learns. */
export function mayReachParameters(root: Value): boolean {
  const graph = graphOf(root);
  const data = sourcesOfData(graph);
  return graph.some((value) => {
    const { made, requiresGrad } = value;
    // A loss that is told to need gradients has nothing behind it that learns by that.
    if (value !== root && isMadeToLearn(value)) return true;
    if (data.has(value) || made.kind === 'operation' || made.kind === 'fresh' || isMeasure(value))
      return false;
    if (made.kind === 'argument' && (made.role === 'loader' || isLabel(made.name))) return false;
    if (made.kind === 'attribute' && /^m?[TH]$/.test(made.name)) return false;
    // A layer without parameters, as a loss is, only hands gradients on.
    if (made.kind === 'layer' && isWithoutParameters(made.module)) return false;
    return made.kind !== 'batch' || requiresGrad === true;
  });
}

/** What a function that learns is handed to learn by: labels and returns are told, not computed by a network. */
export function isLabel(name: string): boolean {
  return /^(labels?|targets?|y|y_true|gt|ground_truth|masks?|returns|rewards)$/i.test(name);
}

/** Whether a layer has no parameters: PyTorch's losses have none, whatever they are made with. */
function isWithoutParameters({ isReadable, isNative, hasParameters, type }: ProgramModule): boolean {
  return isReadable ? !hasParameters : isNative && /^(?!Adaptive)\w+Loss$/.test(type);
}

/**
 * Whether it is a function or class of another file that by its name weighs or compares what it is given, and has no parameters of its
 * own, as losses with centres and the like have.
 */
export function isMeasure({ made, span }: Value): boolean {
  if (made.kind !== 'unknown') return false;
  // In a fragment what is left out is known by its name alone.
  if (made.reason === 'unbound')
    return /^(loss_?(fn|func|function)|criterion|(y|labels?|targets?)(_(train|batch|true|b))?)$/.test(
      span?.text ?? '',
    );
  return MEASURE.test(made.reason) && !LEARNT_MEASURE.test(made.reason);
}

const MEASURE =
  /^[\w.]*(Loss(es)?|Loss[123]d|Distance|_loss|_distance|\.(dice|iou|ssim|dist|loss_fn|criterion)\w*) is not known here$/;
const LEARNT_MEASURE =
  /cent|arc|cos|proxy|sphere|angular|adaptive|uncert|multi|margin|auto|weight|learn|percep|lpips|vgg/i;

/** `x.requires_grad_()`, and whatever else needs gradients though nothing that it is made of does. */
export function isMadeToLearn({ made, inputs, requiresGrad }: Value): boolean {
  return (
    made.kind === 'operation' &&
    requiresGrad === true &&
    inputs.every((input) => input.requiresGrad === false)
  );
}

/** PyTorch's layers that have parameters, whatever they are made with. */
const LEARNS =
  /^(Lazy)?(Linear|Bilinear|Conv\w+|LSTM\w*|GRU\w*|RNN\w*|BatchNorm\w+|MultiheadAttention|Transformer\w*)$/;

function isTrainable(module: ProgramModule): boolean {
  return (
    (module.isNative && !module.isReadable && LEARNS.test(module.type)) ||
    module.ownParameters.some(({ trainable }) => trainable) ||
    module.parameters.some(({ trainable }) => trainable)
  );
}

/** Values in the graph of `root` that a layer with trainable parameters made: its backward needs what was kept there. */
export function learnedIn(root: Value): Value[] {
  return graphOf(root).filter(({ made }) => made.kind === 'layer' && isTrainable(made.module));
}

/** The modules with trainable parameters that the gradients of `root` reach. */
export function modulesReached(root: Value): Set<ProgramModule> {
  const modules = new Set<ProgramModule>();
  for (const { made } of graphOf(root)) if (made.kind === 'layer') modules.add(made.module);
  return modules;
}
