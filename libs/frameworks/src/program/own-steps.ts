import { behindBase, PyFunction, PyObject, PyTuple, PyUnknown } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { attempted } from './attempted.js';
import { arrayFacts } from '../keras/program/arrays.js';
import { elementOfSet } from '../keras/program/stream-elements.js';
import type { Called } from './events.js';
import type { Recording } from './recording.js';
import { argument, NOTHING_NAMED, Value } from './value.js';
import type { Datum } from './value.js';

/** The step of the program's own that each method of a network takes batch by batch. */
const STEPS: Readonly<Record<string, string>> = {
  fit: 'train_step',
  train_on_batch: 'train_step',
  evaluate: 'test_step',
  test_on_batch: 'test_step',
  predict: 'predict_step',
};

/** Whose method an unknown is, for objects of classes of the program whose base is not known. */
const owners = new WeakMap<PyObject, PyObject>();

/** Steps that were followed with what is given to them there: once for each place is enough. */
const taken = new WeakMap<PyObject, Set<string>>();

/** Keeps whose attribute it is. */
export function keepOwner(attribute: PyObject, of: PyObject): void {
  const owner = behindBase(of);
  if (owner !== undefined) owners.set(attribute, owner);
}

/** The object whose method an unknown is, where its class has a base that is not known. */
export function ownerOfMethod(method: PyObject): PyObject | undefined {
  return owners.get(method);
}

/**
 * `fit` of an object of a class of the program derived from `Model` takes a step of its own for each batch: `train_step` is called with
 * what `fit` is given, as `test_step` is with what validates it.
 */
export function ownSteps(rt: Runtime, recording: Recording, callee: PyUnknown, call: Called): void {
  const name = Object.hasOwn(STEPS, call.name) ? STEPS[call.name] : undefined;
  const owner = name === undefined ? undefined : owners.get(callee);
  if (owner === undefined || name === undefined) return;
  const { args } = call;
  const isFit = call.name === 'fit';
  step(rt, recording, owner, name, [
    argument(args, 'x', 1) ?? args.named.get('generator'),
    argument(args, 'y', call.name.startsWith('predict') ? undefined : 2),
  ]);
  const validation = isFit ? argument(args, 'validation_data', 8) : undefined;
  if (validation !== undefined && validation !== null)
    step(rt, recording, owner, 'test_step', Array.isArray(validation) ? validation : [validation, undefined]);
}

function step(
  rt: Runtime,
  recording: Recording,
  owner: PyObject,
  name: string,
  [x, y]: readonly (Datum | undefined)[],
): void {
  const method = owner.cls.lookup(name);
  if (!(method instanceof PyFunction) || x === undefined || x === null) return;
  const place = `${name}@${rt.span?.start ?? 0}`;
  const before = taken.get(owner) ?? new Set<string>();
  if (before.has(place)) return;
  taken.set(owner, before.add(place));
  const given = y === undefined || y === null ? batchOf(rt, recording, x) : pairOf(rt, recording, x, y);
  if (given === undefined) return;
  attempted(() => rt.call(rt.bind(method, owner), [given]));
}

function pairOf(rt: Runtime, recording: Recording, x: Datum, y: Datum): PyValue | undefined {
  const [inputs, targets] = [x, y].map((one) => batchOf(rt, recording, one));
  return inputs === undefined || targets === undefined ? undefined : new PyTuple([inputs, targets]);
}

/** Some of the examples that are given: of a data set what one turn over it gives, of arrays some rows. */
function batchOf(rt: Runtime, recording: Recording, given: Datum): PyValue | undefined {
  if (Array.isArray(given) && given.every((one: Datum) => one instanceof Value)) {
    const parts = given.map((one: Datum) => batchOf(rt, recording, one));
    return parts.every((part) => part !== undefined) ? new PyTuple(parts) : undefined;
  }
  const isValue = given instanceof Value;
  const isSet = elementOfSet(given, arrayFacts) !== undefined;
  const args = { positional: [given], named: NOTHING_NAMED };
  return recording.values.unknown(
    rt,
    'a batch of what a network is given',
    { kind: 'operation', name: isSet ? 'element' : 'batch given', args },
    isValue ? [given] : [],
  );
}
