import { defineClass, PyUnknown, rawFunction } from '@tensormark/python';
import type { Keywords, PyClass, PyValue, Runtime } from '@tensormark/python';
import { LAYERS, Raised } from '@tensormark/network';
import type { Layer, LayerDefinition } from '@tensormark/network';
import { report } from '../../trace/reading.js';
import { unknownAmong } from '../apply.js';
import { toArgument } from '../convert.js';
import type { TensorObject } from '../tensor/tensor.js';
import { containerClasses } from './containers.js';
import { classesByType, install } from './install.js';
import { callLayer } from './layer-call.js';
import { ModuleObject } from './module-object.js';
import { familyOf } from './layer-families.js';
import { methodsOf } from './layer-methods.js';

/** Makes a layer from what a program gave its class; undefined where PyTorch would have raised and reading goes on. */
export function buildLayer(
  rt: Runtime,
  definition: LayerDefinition,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): Layer | undefined {
  try {
    const named = Object.fromEntries(
      [...(keywords ?? [])].map(([name, value]) => [name, toArgument(rt, value, asIs)]),
    );
    return definition.build({ positional: args.map((value) => toArgument(rt, value, asIs)), named });
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    report(rt, raised.error);
    return undefined;
  }
}

const asIs = (tensor: TensorObject): TensorObject => tensor;

for (const [name, cls] of containerClasses) classesByType.set(name, cls);

/** Every layer of the table as a class of `torch.nn`. */
export const layerClasses: readonly PyClass[] = Object.values(LAYERS)
  .filter(({ type }) => !containerClasses.has(type))
  .map((definition) => {
    const cls = classOf(definition);
    classesByType.set(definition.type, cls);
    return cls;
  });

/** Layers that only occur inside others, each of the class it derives from. */
const INNER = { NonDynamicallyQuantizableLinear: 'Linear' } as const;
for (const [type, parent] of Object.entries(INNER))
  classesByType.set(type, classOf(LAYERS[parent], type, classesByType.get(parent)));

function classOf(definition: LayerDefinition, type: string = definition.type, parent?: PyClass): PyClass {
  const { base: family, module } = familyOf(type);
  const base = parent ?? family;
  const cls = defineClass({
    name: type,
    module,
    bases: [base],
    payload: ModuleObject,
    unknowns: 'accept',
    ...methodsOf(type),
  });
  const initialise = (rt: Runtime, [self, ...args]: readonly PyValue[], keywords?: Keywords): PyValue => {
    const module = receiver(rt, self, type);
    const unknown = unknownAmong(args, keywords);
    const layer = unknown === undefined ? buildLayer(rt, definition, args, keywords) : undefined;
    if (layer === undefined) {
      module.initialise(rt);
      module.unreadable = unknown ?? rt.unknown(`${type} could not be made`);
      if (unknown !== undefined) module.knownSizes = knownSizes(definition, args, keywords);
      if (unknown !== undefined)
        module.sizedFor = withOpenSize(type, args, keywords, (known, named) =>
          buildLayer(rt, definition, known, named),
        );
    } else {
      install(rt, module, layer);
    }
    return null;
  };
  cls.define('__init__', rawFunction('__init__', initialise, { binds: true }));
  const forward = (rt: Runtime, [self, ...args]: readonly PyValue[], keywords?: Keywords): PyValue =>
    callLayer(rt, receiver(rt, self, type), args, keywords);
  cls.define('forward', rawFunction('forward', forward, { binds: true }));
  return cls;
}

/** The argument of a layer that no shape it gives hangs on, and one that any input fits. */
const OPEN_SIZES: ReadonlyMap<string, { name: string; fit: (input: TensorObject) => bigint }> = new Map([
  ['Embedding', { name: 'num_embeddings', fit: () => 2n ** 30n }],
  ['Linear', { name: 'in_features', fit: ({ shape }: TensorObject) => BigInt(shape.at(-1) ?? 1) }],
]);

type Build = (args: readonly PyValue[], keywords: Keywords | undefined) => Layer | undefined;

/** How a layer is made for an input, of whose arguments one is unknown, where that is its open size and nothing else. */
function withOpenSize(
  type: string,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  build: Build,
): ((input: TensorObject) => Layer | undefined) | undefined {
  const open = OPEN_SIZES.get(type);
  if (open === undefined) return undefined;
  const [first, ...others] = args;
  const named = new Map(keywords);
  if (first === undefined && !named.delete(open.name)) return undefined;
  if ([...others, ...named.values()].some((value) => value instanceof PyUnknown)) return undefined;
  return (input) => build([open.fit(input), ...others], named);
}

/** The numbers among a layer's arguments, by their names. */
function knownSizes(
  { signature }: LayerDefinition,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): Readonly<Record<string, number>> {
  const names = Object.keys(signature);
  const named = [...args.map((value, at) => [names[at] ?? '', value] as const), ...(keywords ?? [])];
  return Object.fromEntries(
    named.flatMap(([name, value]) => (typeof value === 'bigint' ? [[name, Number(value)] as const] : [])),
  );
}

function receiver(rt: Runtime, self: PyValue | undefined, type: string): ModuleObject {
  return self instanceof ModuleObject ? self : rt.raise('TypeError', `a ${type} is needed`);
}
