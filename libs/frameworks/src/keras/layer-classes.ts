import { defineClass, PyTuple, rawFunction } from '@tensormark/python';
import type { Keywords, PyClass, PyValue, Runtime } from '@tensormark/python';
import { KERAS_LAYERS, Raised } from '@tensormark/network';
import type { Argument, KerasDefinition, TensorType } from '@tensormark/network';
import { toArgument } from '../torch/convert.js';
import type { TensorObject } from '../torch/tensor/tensor.js';
import { FIRST_SIDES, givesSides, isIndifferent, standIn } from './arguments.js';
import { tell } from './compute.js';
import { initialiseLayer, layerClass } from './layer.js';
import { KerasObject } from './object.js';
import { unknownWithin } from './shapes.js';

/** Every layer of the table as a class of `keras.layers`. */
export const layerClasses: readonly PyClass[] = Object.values(KERAS_LAYERS).map(
  (definition: KerasDefinition) => classOf(definition),
);

interface Written {
  readonly args: readonly PyValue[];
  readonly keywords: Keywords | undefined;
}

function classOf(
  definition: KerasDefinition,
  rewritten: (args: readonly PyValue[], keywords: Keywords | undefined) => Written = (args, keywords) => ({
    args,
    keywords,
  }),
): PyClass {
  const { className } = definition;
  const cls = defineClass({
    name: className,
    module: 'keras.layers',
    bases: [layerClass],
    payload: KerasObject,
    unknowns: 'accept',
  });
  const initialise = (rt: Runtime, [self, ...args]: readonly PyValue[], keywords?: Keywords): PyValue => {
    if (!(self instanceof KerasObject)) return rt.raise('TypeError', `a ${className} is needed`);
    initialiseLayer(rt, self, keywords);
    const written = rewritten(args, keywords);
    build(rt, self, definition, written.args, written.keywords);
    return null;
  };
  cls.define('__init__', rawFunction('__init__', initialise, { binds: true }));
  return cls;
}

/**
 * The convolutions of the first Keras, which took the sides of the kernel one by one: `Convolution2D(32, 3, 3)` has a kernel of 3×3,
 * and no stride of 3.
 */
export const firstConvolutions: readonly PyClass[] = ([2, 3] as const).map((rank) => {
  const definition: KerasDefinition = rank === 2 ? KERAS_LAYERS.Conv2D : KERAS_LAYERS.Conv3D;
  return classOf(definition, (args, keywords) => {
    const named = FIRST_SIDES[rank].map((name) => keywords?.get(name));
    if (givesSides(rank, args))
      return {
        args: [args[0] ?? null, new PyTuple(args.slice(1, 1 + rank)), ...args.slice(1 + rank)],
        keywords,
      };
    const known = named.filter((side): side is PyValue => side !== undefined);
    if (known.length !== rank) return { args, keywords };
    const rest = [...(keywords ?? [])].filter(([name]) => !FIRST_SIDES[rank].includes(name));
    return { args, keywords: new Map([...rest, ['kernel_size', new PyTuple(known)]]) };
  });
});

/** Gives a layer what its class makes of its arguments; what Keras would refuse is told, and the layer is unreadable. */
function build(
  rt: Runtime,
  self: KerasObject,
  definition: KerasDefinition,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): void {
  const { unknown, named } = readable(rt, self, definition, args, keywords);
  if (unknown !== undefined) {
    self.unreadable = unknown;
    return;
  }
  try {
    self.layer = definition.build({ positional: [], named: { ...named, name: self.label } });
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    tell(rt, raised.error, rt.span);
    self.unreadable = rt.unknown(`${self.cls.name} could not be made`);
  }
}

interface Readable {
  readonly unknown: PyValue | undefined;
  readonly named: Readonly<Record<string, Argument>>;
}

/** Arguments by their present names; an unknown among them matters where a count or shape rests on it. */
function readable(
  rt: Runtime,
  self: KerasObject,
  { own, formerly, className }: KerasDefinition,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): Readable {
  const named: Record<string, Argument> = {};
  const names = Object.keys(own);
  let unknown: PyValue | undefined;
  const take = (name: string, value: PyValue): void => {
    const found = unknownWithin(value);
    if (found === undefined) named[name] = toArgument(rt, value, typeOnly);
    else if (isIndifferent(name)) named[name] = standIn(name);
    else unknown ??= found;
  };
  for (const [at, value] of args.entries()) {
    const name = names[at];
    // Some classes take a name by place too, after their own arguments.
    if (name === undefined && typeof value === 'string') continue;
    if (name === undefined)
      rt.raise(
        'TypeError',
        `${className}.__init__() takes at most ${names.length + 1} positional arguments but ${args.length + 1} were given`,
      );
    take(name, value);
  }
  for (const [given, value] of keywords ?? []) {
    const name = Object.hasOwn(own, given) ? given : (formerly[given] ?? given);
    if (Object.hasOwn(named, name))
      rt.raise('TypeError', `${className}.__init__() got multiple values for argument '${name}'`);
    take(name, value);
  }
  return { unknown, named };
}

function typeOnly({ shape, dtype }: TensorObject): TensorType {
  return { shape, dtype };
}
