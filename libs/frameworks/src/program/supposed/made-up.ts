import { PyClass, PyFunction } from '@tensormark/python';
import type { PyModule, PyValue, Runtime, tree } from '@tensormark/python';
import { moduleClass } from '../../torch/nn/module.js';
import { ModuleObject } from '../../torch/nn/module-object.js';
import { classesByType } from '../../torch/nn/install.js';
import type { ProgramEvent } from '../events.js';
import { eachNode } from '../nodes.js';
import type { Recorder } from '../recorder.js';
import type { Value } from '../value.js';
import { unknownArgument } from '../uncalled.js';
import type { World } from './world.js';

/** Networks are made of networks only so deep. */
const MOST_DEPTH = 3;

/** Where networks are made up. */
export interface Workshop {
  readonly recorder: Recorder;
  readonly module: PyModule;
  readonly nodes: ReadonlyMap<object, tree.FunctionDefinition>;
  /** What happens in networks that are called on things nobody knows. */
  readonly asked: Map<ModuleObject, Asked>;
}

/** A call of a network on things nobody knows: what happens in it, and which value is what it was given in which place. */
export interface Asked {
  readonly events: readonly ProgramEvent[];
  readonly isGiven: (value: Value, place: number) => boolean;
}

/** A network of a class of the program made with numbers for what it needs; undefined where it cannot be made. */
export function madeUp(
  rt: Runtime,
  workshop: Workshop,
  cls: PyClass,
  world: World,
  depth = 0,
): ModuleObject | undefined {
  const init = cls.lookup('__init__');
  const { args, named } =
    init instanceof PyFunction
      ? argumentsOf(rt, workshop, init, world, depth)
      : { args: [], named: undefined };
  const made = rt.call(cls, args, named);
  return made instanceof ModuleObject ? made : undefined;
}

function argumentsOf(
  rt: Runtime,
  workshop: Workshop,
  init: PyFunction,
  world: World,
  depth: number,
): { readonly args: readonly PyValue[]; readonly named: ReadonlyMap<string, PyValue> | undefined } {
  const node = workshop.nodes.get(init.code.span);
  const uses = node === undefined ? new Map<string, Use>() : usesOf(node);
  const needed = init.signature.parameters.slice(1).filter(({ fallback }) => fallback === undefined);
  const given = (name: string): PyValue =>
    argumentFor(rt, workshop, name, uses.get(name), world, depth) ??
    unknownArgument(rt, workshop, name, 'other');
  const args = needed
    .filter(({ kind }) => kind === 'ordinary' || kind === 'positional-only')
    .map(({ name }) => given(name));
  const named = needed
    .filter(({ kind }) => kind === 'keyword-only')
    .map(({ name }) => [name, given(name)] as const);
  return { args, named: named.length === 0 ? undefined : new Map(named) };
}

function argumentFor(
  rt: Runtime,
  workshop: Workshop,
  name: string,
  use: Use | undefined,
  world: World,
  depth: number,
): PyValue | undefined {
  if (use?.text !== undefined) return use.text;
  if (use?.isCalled === true) return calledClass(workshop, name);
  if (use?.isSeveral === true) return world.several(name);
  const part = ownClassNamed(workshop.module, name);
  if (part !== undefined)
    return depth < MOST_DEPTH ? madeUp(rt, workshop, part, world, depth + 1) : undefined;
  if (use?.hasAttributes === true) return undefined;
  return world.named(name) ?? (use?.isSize === true ? world.sizeOf(name) : undefined);
}

/** The class that a parameter is called as: a block of the program's, or a usual layer. */
function calledClass({ module }: Workshop, name: string): PyValue | undefined {
  // `norm_layer`, as torchvision says it, is for maps.
  if (/norm/i.test(name)) return classesByType.get(/layer/i.test(name) ? 'BatchNorm2d' : 'LayerNorm');
  if (/act|nonlin|relu/i.test(name)) return classesByType.get('ReLU');
  if (/conv/i.test(name)) return classesByType.get('Conv2d');
  if (!/block|layer|unit|cell/i.test(name)) return undefined;
  return [...module.namespace.values()].find(
    (value) => isOwnNetwork(value, module) && /block|bottleneck|unit|layer|cell/i.test(value.name),
  );
}

/** The class of the program that a parameter is named by: `encoder`, of the class `Encoder`. */
function ownClassNamed(module: PyModule, name: string): PyClass | undefined {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return [...module.namespace.values()].find(
    (value): value is PyClass => isOwnNetwork(value, module) && plain(value.name) === plain(name),
  );
}

export function isOwnNetwork(value: PyValue, module: PyModule): value is PyClass {
  return (
    value instanceof PyClass &&
    !value.native &&
    value.module === module.name &&
    value.isSubclassOf(moduleClass) &&
    value.lookup('forward') instanceof PyFunction
  );
}

/** How a constructor uses a parameter. */
interface Use {
  isCalled: boolean;
  /** Gone over, unpacked, or picked from by number. */
  isSeveral: boolean;
  hasAttributes: boolean;
  /** Given to a layer, or reckoned with. */
  isSize: boolean;
  /** The first text that it is compared with. */
  text?: string;
}

function usesOf({ parameters, body }: tree.FunctionDefinition): ReadonlyMap<string, Use> {
  const uses = new Map(
    parameters.map(
      ({ name }) =>
        [name, { isCalled: false, isSeveral: false, hasAttributes: false, isSize: false }] as const,
    ),
  );
  const useOf = (node: tree.Expression): Use | undefined =>
    node.kind === 'Name' ? uses.get(node.id) : undefined;
  const several = (node: tree.Expression): void => {
    const use = useOf(node);
    if (use !== undefined) use.isSeveral = true;
    if (
      node.kind === 'Call' &&
      node.callee.kind === 'Name' &&
      /^(zip|enumerate|len|list|tuple|reversed)$/.test(node.callee.id)
    )
      node.args.forEach(several);
    if (node.kind === 'Subscript' && !isText(node.index)) several(node.value);
  };
  eachNode(body, (node) => {
    if (node.kind === 'For') several(node.iterable);
    if (node.kind === 'Starred') several(node.value);
    if (node.kind === 'Subscript' && !isText(node.index)) several(node.value);
    if (node.kind === 'Attribute') {
      const use = useOf(node.value);
      if (use !== undefined) use.hasAttributes = true;
    }
    if (node.kind === 'Assign' && node.targets.some(({ kind }) => kind === 'Tuple' || kind === 'List'))
      several(node.value);
    if (node.kind === 'BinOp')
      for (const side of [node.left, node.right]) {
        const use = useOf(side);
        if (use !== undefined) use.isSize = true;
      }
    if (node.kind === 'Compare') compared(node, useOf);
    if (node.kind !== 'Call') return;
    const called = useOf(node.callee);
    if (called !== undefined) called.isCalled = true;
    if (node.callee.kind === 'Name' && /^(len|zip|enumerate|list|tuple)$/.test(node.callee.id)) several(node);
    if (
      /(^|\.)(Linear|Conv\w+|Embedding|LSTM|GRU|RNN|\w*Norm\w*|LSTMCell|GRUCell)$/.test(node.callee.span.text)
    )
      for (const arg of node.args) {
        const use = useOf(arg);
        if (use !== undefined) use.isSize = true;
      }
  });
  return uses;
}

/** Keeps what text a parameter is compared with: it is one of a few words. */
function compared(
  { left, comparators }: tree.Expression & { readonly kind: 'Compare' },
  useOf: (node: tree.Expression) => Use | undefined,
): void {
  const use = useOf(left);
  const [other] = comparators;
  const word =
    other?.kind === 'Tuple' || other?.kind === 'List' || other?.kind === 'Set' ? other.items[0] : other;
  if (use !== undefined && word?.kind === 'Constant' && typeof word.value === 'string')
    use.text ??= word.value;
}

function isText(node: tree.Expression): boolean {
  return node.kind === 'Constant' && typeof node.value === 'string';
}
