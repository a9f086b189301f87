import { behindBase, PyFunction, PyList, PyObject, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { attempted } from './attempted.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import type { Recording } from './recording.js';
import type { Datum } from './value.js';

/** What Keras hands to `call` only where it takes it. */
const ASKED_FOR = new Set(['training', 'mask']);

/** Objects whose `build` was called, which happens once. */
const built = new WeakSet<PyObject>();

/**
 * What the `call` that the program writes gives, where an object of a class of the program is called whose base, a `Layer` or `Model`
 * of Keras, is not interpreted: what the base does is to call it.
 */
export function ownCall(
  rt: Runtime,
  recording: Recording,
  callee: PyUnknown,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): Datum | undefined {
  const object = behindBase(callee);
  const forward = object?.cls.lookup('call');
  if (object === undefined || !(forward instanceof PyFunction) || args.length === 0) return undefined;
  // Keras makes other tensors of what layers of PyTorch are given.
  if ([...(object.attributes?.values() ?? [])].some((value) => value instanceof ModuleObject))
    return undefined;
  return attempted(() => {
    build(rt, object, args[0]);
    const given = [...(keywords ?? [])].filter(([name]) => !ASKED_FOR.has(name) || takes(forward, name));
    const result = rt.call(rt.bind(forward, object), args, given.length === 0 ? undefined : new Map(given));
    return recording.values.datum(rt, result);
  });
}

/** What a loss of the program's own, handed to `compile`, gives of targets and predictions that stand for any. */
export function ownLoss(
  rt: Runtime,
  recording: Recording,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): Datum | undefined {
  const given = keywords?.get('loss') ?? args[1];
  const loss = given instanceof PyList && given.items.length === 1 ? given.items[0] : given;
  if (!(loss instanceof PyFunction)) return undefined;
  const taken = loss.signature.parameters.filter(({ fallback }) => fallback === undefined);
  if (taken.length !== 2 || taken.some(({ kind }) => kind !== 'ordinary')) return undefined;
  const tensors = taken.map(({ name }) =>
    recording.values.unknown(
      rt,
      `the argument ${name} of a loss`,
      { kind: 'argument', name, role: 'other' },
      [],
    ),
  );
  return attempted(() => recording.values.datum(rt, rt.call(loss, tensors)));
}

function takes({ signature }: PyFunction, name: string): boolean {
  return signature.parameters.some((parameter) => parameter.name === name || parameter.kind === 'keywords');
}

/** Keras has a layer make its weights at its first call, and tells it the shape of what comes. */
function build(rt: Runtime, object: PyObject, first: PyValue | undefined): void {
  const method = object.cls.lookup('build');
  if (!(method instanceof PyFunction) || built.has(object)) return;
  built.add(object);
  const shape =
    first instanceof PyUnknown
      ? rt.watcher?.derived(rt, { kind: 'attribute', of: first, name: 'shape' })
      : rt.unknown('the shape of what a layer is given');
  rt.call(rt.bind(method, object), [shape ?? null]);
}
