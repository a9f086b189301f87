import {
  isNamespace,
  leaveArgumentsOpen,
  mayHaveAny,
  PyClass,
  PyDict,
  PyFunction,
  PyList,
  PyMethod,
  PyObject,
  PySet,
  PyUnknown,
  unknownArising,
} from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { ModuleObject } from '../torch/nn/module-object.js';
import { attempted } from './attempted.js';
import { SET_ELSEWHERE } from './called-name.js';
import { eachNode } from './nodes.js';
import type { Recording } from './recording.js';

/** What takes a function to be called with every gradient, or with what a layer is given and gives. */
const HOOK = /^register_(\w+_)?hook$/;
/** Those that are called as gradients flow, which nothing here makes them do, of what is known. */
export const BACKWARD_HOOKS: ReadonlySet<string> = new Set(
  ['', 'backward_', 'full_backward_', 'full_backward_pre_', 'post_accumulate_grad_'].map(
    (of) => `register_${of}hook`,
  ),
);

/**
 * What a call of something unknown is handed: functions of the program may be called by that at any time, and what is
 * empty may be filled. A hook is called once, with what is not known.
 */
export function handOn(
  rt: Runtime,
  recording: Recording,
  name: string | undefined,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): void {
  for (const given of [...args, ...(keywords?.values() ?? [])]) {
    if (given instanceof PyFunction) recording.handedOn.add(given);
    else if (given instanceof PyMethod) leaveOpen(rt, given);
    else if (given instanceof PyObject && !(given instanceof PyClass)) leaveFilled(rt, given);
  }
  const hook = args[0] ?? keywords?.get('hook');
  if (name !== undefined && HOOK.test(name) && hook !== undefined) callHook(rt, hook);
}

/**
 * What something unknown may have filled: settings, attributes that an object of the program lacks or that nothing was set to yet, a
 * network without layers, a list, dict or set that holds nothing.
 * What holds something already is mostly handed on to be read.
 */
export function leaveFilled(rt: Runtime, given: PyObject): void {
  const filled = unknownArising(rt, SET_ELSEWHERE);
  if (given instanceof PyList) given.grownByUnknown ||= given.items.length === 0;
  else if (given instanceof PyDict || given instanceof PySet) {
    if (given.size === 0) given.unknownEntries ??= filled;
  } else if (isNamespace(given)) mayHaveAny(given, filled);
  else if (leaveArgumentsOpen(given, filled)) return;
  else if (!given.cls.native) {
    mayHaveAny(given, filled);
    if (given instanceof ModuleObject) leavePartsOpen(rt, given, filled);
    for (const [name, value] of given.attributes ?? [])
      if (value === null) given.attributes?.set(name, filled);
      else if (value instanceof PyDict || value instanceof PyList || value instanceof PySet)
        leaveFilled(rt, value);
  }
}

/** A network that has no layers yet is handed on to be given some; one that is not initialised, to be that. */
function leavePartsOpen(rt: Runtime, network: ModuleObject, filled: PyUnknown): void {
  const registries = network.registries ?? network.initialise(rt);
  if (registries.modules.size === 0 && registries.parameters.size === 0)
    registries.modules.set(rt, 'what it was given', filled);
}

/** A hook that nothing here reaches, for it is called as gradients flow. */
export function callHook(rt: Runtime, hook: PyValue): void {
  const callee = hook instanceof PyMethod ? hook.callee : hook;
  if (!(callee instanceof PyFunction)) return;
  const own = callee.signature.parameters.slice(hook instanceof PyMethod ? 1 : 0);
  const given = own
    .filter(
      ({ kind, fallback }) => (kind === 'positional-only' || kind === 'ordinary') && fallback === undefined,
    )
    .map(() => rt.unknown('what a hook is called with'));
  attempted(() => rt.call(hook, given));
}

/** What a method assigns to its object is not known any more once something unknown may call it. */
function leaveOpen(rt: Runtime, { self, callee }: PyMethod): void {
  if (!(callee instanceof PyFunction) || !(self instanceof PyObject) || self instanceof PyClass) return;
  const receiver = callee.signature.parameters[0]?.name;
  eachNode(callee.code.body ?? [], (node) => {
    if (node.kind !== 'Assign' && node.kind !== 'AugAssign' && node.kind !== 'AnnAssign') return;
    for (const target of node.kind === 'Assign' ? node.targets : [node.target])
      if (
        target.kind === 'Attribute' &&
        target.value.span.text === receiver &&
        self.attributes?.has(target.attribute) === true
      )
        self.attributes.set(
          target.attribute,
          rt.unknown(`${target.attribute}, which ${callee.name} may have set`),
        );
  });
}
