import { asString, defineClass, defineModule, keywords, PyList, PyTuple } from '@tensormark/python';
import type { NativeModule, PyObject, PyValue, Runtime } from '@tensormark/python';
import { applyTo } from '../torch/functions/apply-named.js';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { applyOperation } from '../torch/operations.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { operation } from '@tensormark/network';
import { axisSizes, patternFor, readPattern } from './einops-pattern.js';

type Kind = 'rearrange' | 'repeat' | 'reduce';

const REDUCTIONS: Readonly<Record<string, string>> = {
  mean: 'mean',
  sum: 'sum',
  max: 'amax',
  min: 'amin',
  prod: 'prod',
};

function refuse(rt: Runtime, kind: Kind, pattern: string, shape: readonly number[], why: string): never {
  return rt.raise(
    'RuntimeError',
    ` Error while processing ${kind}-reduction pattern "${pattern}".\n Input tensor shape: torch.Size([${shape.join(', ')}]).\n ${why}`,
  );
}

function sizesGiven(given: ReadonlyMap<string, PyValue>): Map<string, number> {
  return new Map([...given].map(([name, value]) => [name, Number(value)]));
}

/** A list of tensors is stacked along a first axis. */
function tensorOf(rt: Runtime, value: PyValue): TensorObject {
  if (value instanceof TensorObject) return value;
  const stack = operation('stack');
  if ((value instanceof PyList || value instanceof PyTuple) && stack !== undefined) {
    const stacked = applyOperation(rt, stack, [value]);
    if (stacked instanceof TensorObject) return stacked;
  }
  return rt.raise('RuntimeError', 'einops needs a tensor');
}

/** Splits the axes apart, drops or adds some, orders them, and joins them again: all of einops is that. */
function transform(
  rt: Runtime,
  kind: Kind,
  value: PyValue,
  text: string,
  reduction: PyValue,
  given: ReadonlyMap<string, PyValue>,
): PyValue {
  const tensor = tensorOf(rt, value);
  const { shape } = tensor;
  const written = readPattern(text);
  const pattern = written && patternFor(written, shape.length);
  if (pattern === undefined)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Wrong shape: expected ${written?.left.length ?? 0} dims. Received ${shape.length}-dim tensor.`,
    );
  const sizes = axisSizes(pattern.left, shape, sizesGiven(given));
  if (typeof sizes === 'string') return refuse(rt, kind, text, shape, sizes);
  const sizeOf = (name: string): number => (/^\d+$/.test(name) ? Number(name) : (sizes.get(name) ?? 1));
  const left = pattern.left.flat();
  const right = pattern.right.flat();
  const gone = left.filter((name) => !/^\d+$/.test(name) && !right.includes(name));
  const fresh = right.filter((name) => !left.includes(name) && name !== '1');
  if (kind !== 'reduce' && gone.length > 0)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Identifiers only on one side of expression (should be on both): {'${gone.join("', '")}'}`,
    );
  if (kind !== 'repeat' && fresh.length > 0)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Identifiers only on one side of expression (should be on both): {'${fresh.join("', '")}'}`,
    );

  let axes = left;
  let result = applyTo(rt, 'reshape', tensor, ...axes.map((name) => BigInt(sizeOf(name))));
  if (gone.length > 0) {
    const method = typeof reduction === 'string' ? REDUCTIONS[reduction] : undefined;
    if (method === undefined) return rt.unknown('what a reduction of the program gives');
    const dims = new PyTuple(gone.map((name) => BigInt(axes.indexOf(name))));
    result = applyTo(rt, method, result, dims);
    axes = axes.filter((name) => !gone.includes(name));
  }
  const kept = right.filter((name) => axes.includes(name));
  const squeezed = axes.filter((name) => !kept.includes(name));
  result = applyTo(
    rt,
    'permute',
    result,
    ...[...squeezed, ...kept].map((name) => BigInt(axes.indexOf(name))),
  );
  result = applyTo(
    rt,
    'reshape',
    result,
    ...right.map((name) => BigInt(fresh.includes(name) || name === '1' ? 1 : sizeOf(name))),
  );
  if (fresh.length > 0) result = applyTo(rt, 'expand', result, ...right.map((name) => BigInt(sizeOf(name))));
  const joined = pattern.right.map((group) => BigInt(group.reduce((total, name) => total * sizeOf(name), 1)));
  return applyTo(rt, 'reshape', result, ...joined);
}

/** `Rearrange('b c h w -> b (h w) c')` and `Reduce(...)` as modules. */
class EinopsModule extends ModuleObject {
  pattern = '';
  reduction: PyValue = null;
  sizes: ReadonlyMap<string, PyValue> = new Map();

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    super.copyPayload(source, copy);
    if (!(source instanceof EinopsModule)) return;
    this.pattern = source.pattern;
    this.reduction = source.reduction;
    this.sizes = source.sizes;
  }
}

const rearrangeClass = defineClass({
  name: 'Rearrange',
  module: 'einops.layers.torch',
  bases: [moduleClass],
  payload: EinopsModule,
  allocate: (cls) => new EinopsModule(cls),
  methods: {
    '__init__(pattern, **axes_lengths)': (rt, self, pattern, sizes) => {
      self.initialise(rt);
      self.pattern = asString(pattern ?? null);
      self.sizes = keywords(sizes ?? null);
      return null;
    },
    'forward(input)': (rt, self, input) =>
      transform(rt, 'rearrange', input ?? null, self.pattern, null, self.sizes),
    'extra_repr()': (_rt, self) => `'${self.pattern}'`,
  },
});

const reduceClass = defineClass({
  name: 'Reduce',
  module: 'einops.layers.torch',
  bases: [moduleClass],
  payload: EinopsModule,
  allocate: (cls) => new EinopsModule(cls),
  methods: {
    '__init__(pattern, reduction, **axes_lengths)': (rt, self, pattern, reduction, sizes) => {
      self.initialise(rt);
      self.pattern = asString(pattern ?? null);
      self.reduction = reduction ?? null;
      self.sizes = keywords(sizes ?? null);
      return null;
    },
    'forward(input)': (rt, self, input) =>
      transform(rt, 'reduce', input ?? null, self.pattern, self.reduction, self.sizes),
    'extra_repr()': (_rt, self) => `'${self.pattern}'`,
  },
});

/** `einops`: reshaping by pattern, which much code for vision transformers is written with. */
export const einops: readonly NativeModule[] = [
  defineModule({
    name: 'einops',
    functions: {
      'rearrange(tensor, pattern, **axes_lengths)': (rt, tensor, pattern, sizes) =>
        transform(rt, 'rearrange', tensor ?? null, asString(pattern ?? null), null, keywords(sizes ?? null)),
      'repeat(tensor, pattern, **axes_lengths)': (rt, tensor, pattern, sizes) =>
        transform(rt, 'repeat', tensor ?? null, asString(pattern ?? null), null, keywords(sizes ?? null)),
      'reduce(tensor, pattern, reduction, **axes_lengths)': (rt, tensor, pattern, reduction, sizes) =>
        transform(
          rt,
          'reduce',
          tensor ?? null,
          asString(pattern ?? null),
          reduction ?? null,
          keywords(sizes ?? null),
        ),
    },
    missing: 'unknown',
  }),
  defineModule({ name: 'einops.layers', missing: 'unknown' }),
  defineModule({ name: 'einops.layers.torch', classes: [rearrangeClass, reduceClass], missing: 'unknown' }),
];
