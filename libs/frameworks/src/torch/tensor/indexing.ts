import { extendClass } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { formatShape } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { elementsOf, Elements } from '../values/elements.js';
import { picked, pickedPositions } from '../values/indexing.js';
import type { AdvancedIndex } from '../values/indexing.js';
import { expanded, selected, sliced, unsqueezed } from '../values/views.js';
import { broadcastShapes } from '../broadcasting.js';
import { changedInPlace, refuseLeaf, writtenWith } from '../operations.js';
import { recordAssignment, recordIndexing } from './index-recording.js';
import { readIndex } from './index-key.js';
import type { IndexStep } from './index-key.js';
import { countElementWork } from '../values/work.js';
import { tensorClass, TensorObject } from './tensor.js';

type Pick = Extract<IndexStep, { kind: 'pick' }>;

/** What the steps make of a tensor: first the views, then what tensors pick. */
interface Indexed {
  readonly shape: readonly number[];
  /** The view that the picks are taken from. */
  readonly view: Elements | undefined;
  /** Undefined without picks: the view is the result. */
  readonly picks: AdvancedIndex | 'unknown' | undefined;
}

function follow(rt: Runtime, self: TensorObject, steps: readonly IndexStep[]): Indexed {
  let view = self.known;
  const viewShape: number[] = [];
  const picks: { readonly axis: number; readonly pick: Pick }[] = [];
  for (const step of steps) {
    const axis = viewShape.length;
    switch (step.kind) {
      case 'select':
        view &&= selected(view, axis, step.index);
        break;
      case 'slice':
        view &&= sliced(view, axis, step.start, step.step, step.length);
        viewShape.push(step.length);
        break;
      case 'new':
        view &&= unsqueezed(view, axis);
        viewShape.push(1);
        break;
      case 'pick':
        picks.push({ axis, pick: step });
        viewShape.push(self.shape[axis] ?? 1);
        break;
    }
  }
  if (picks.length === 0) return { shape: viewShape, view, picks: undefined };
  const broadcast = broadcastShapes(picks.map(({ pick }) => pick.shape));
  if (broadcast === undefined)
    return rt.raise(
      'IndexError',
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${picks.map(({ pick }) => formatShape(pick.shape)).join(', ')}`,
    );
  const axes = picks.map(({ axis }) => axis);
  const first = axes[0] ?? 0;
  const together = axes.every((axis, at) => axis === first + at) && adjacent(steps);
  const at = together ? first : 0;
  const kept = viewShape.filter((_, axis) => !axes.includes(axis));
  const shape = [...kept.slice(0, at), ...broadcast, ...kept.slice(at)];
  const indices = picks.map(({ pick }) => pick.elements).filter((elements) => elements !== undefined);
  return {
    shape,
    view,
    picks: indices.length === picks.length ? { axes, indices, broadcast, at } : 'unknown',
  };
}

/** Picks with nothing but other picks (or dropped axes) between them keep their place. */
function adjacent(steps: readonly IndexStep[]): boolean {
  const kinds = steps.map(({ kind }) => kind);
  const between = kinds.slice(kinds.indexOf('pick'), kinds.lastIndexOf('pick'));
  return between.every((kind) => kind === 'pick' || kind === 'select');
}

function getItem(rt: Runtime, self: TensorObject, key: PyValue): PyValue {
  const steps = readIndex(rt, self, key);
  if (steps === 'data-dependent') return rt.unknown('a selection whose size depends on values');
  const { shape, view, picks } = follow(rt, self, steps);
  const result = new TensorObject({ shape, dtype: self.dtype });
  if (view !== undefined && picks !== 'unknown') {
    result.elements = picks === undefined ? view : picked(view, picks, shape);
    if (picks !== undefined) countElementWork(rt, [result]);
  }
  if (picks === undefined) result.viewOf = self.viewOf ?? self;
  result.device = self.device;
  result.mayNeedGradients = self.mayNeedGradients;
  if (self.requiresGrad && readingOf(rt).gradients) {
    result.requiresGrad = true;
    result.computed = true;
  }
  recordIndexing(rt, self, steps, result);
  return result;
}

function setItem(rt: Runtime, self: TensorObject, key: PyValue, value: PyValue): void {
  refuseLeaf(rt, self);
  changedInPlace(rt, self);
  writtenWith(rt, self, value);
  const steps = readIndex(rt, self, key);
  const { elements, known } = self;
  const forget = (): void => {
    if (elements !== undefined) elements.storage.known = false;
  };
  if (steps === 'data-dependent') {
    forget();
    return;
  }
  const { shape, view, picks } = follow(rt, self, steps);
  if (view !== undefined) rt.step(view.count / 4);
  const values = valuesFor(rt, self, shape, value);
  if (known === undefined || view === undefined || picks === 'unknown' || values === undefined) forget();
  else if (picks === undefined) view.write(values.toArray());
  else {
    const source = values.toArray();
    for (const [at, position] of pickedPositions(view, picks, shape).entries())
      view.storage.data[position] = source[at] ?? 0;
  }
  if (value instanceof TensorObject) recordAssignment(rt, value, self);
}

/** The first dimension, counted from the last, in which a tensor can't be stretched to a shape. */
function unlike(shape: readonly number[], given: readonly number[]): number {
  for (let back = 1; back <= shape.length; back++) {
    const size = given.at(-back);
    if (back <= given.length && size !== 1 && size !== shape.at(-back)) return back;
  }
  return 1;
}

/** What is assigned, stretched to the shape it is assigned to. */
function valuesFor(
  rt: Runtime,
  self: TensorObject,
  shape: readonly number[],
  value: PyValue,
): Elements | undefined {
  if (value instanceof TensorObject) {
    const target = broadcastShapes([value.shape, shape]);
    if (
      target?.join() !== shape.join() &&
      value.shape.filter((size) => size !== 1).join() !== shape.filter((size) => size !== 1).join()
    ) {
      const back = unlike(shape, value.shape);
      rt.raise(
        'RuntimeError',
        `The expanded size of the tensor (${shape.at(-back) ?? 1}) must match the existing size (${value.shape.at(-back) ?? 1}) at non-singleton dimension ${Math.max(shape.length - back, 0)}.  Target sizes: ${formatShape(shape)}.  Tensor sizes: ${formatShape(value.shape)}`,
      );
    }
    const { known } = value;
    if (known === undefined || target?.join() !== shape.join()) return undefined;
    return elementsOf(shape, expanded(known, shape).toArray().slice(), self.dtype);
  }
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') {
    const scalar = elementsOf([], Float64Array.of(Number(value)), self.dtype);
    return scalar && expanded(scalar, shape);
  }
  return undefined;
}

/** `tensor[...]` */
extendClass(tensorClass, {
  payload: TensorObject,
  methods: {
    '__getitem__(key)': (rt, self, key) => getItem(rt, self, key ?? null),
  },
});

extendClass(tensorClass, {
  payload: TensorObject,
  unknowns: 'accept',
  methods: {
    '__setitem__(key, value)': (rt, self, key, value) => {
      setItem(rt, self, key ?? null, value ?? null);
      return null;
    },
  },
});
