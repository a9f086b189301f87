import {
  activationIn,
  isRecurrent,
  kerasOf,
  layerArgument,
  numberOf,
  unitsOf,
  type KerasLayer,
  type Program,
} from '@tensormark/frameworks';
import type { Module, Network } from '@tensormark/network';
import type { CodeQuote } from './claim.js';
import { kindOf, type LayerFact } from './layer-fact.js';

type Quote = (line: number | undefined) => CodeQuote | undefined;

/**
 * The layers of a network whose forward was not followed, as they are declared. In what order they are called is known
 * within a `Sequential` alone: the others have no inputs here.
 */
export function declaredLayers(network: Network, quote: Quote): LayerFact[] {
  const all = [...network.modules.values()];
  const placeOf = new Map(all.map(({ path }, index) => [path, index]));
  return all.flatMap((module, index): LayerFact[] => {
    const { path, layer, place } = module;
    if (layer === undefined) return [];
    const before = network.modules.get(placeBefore(module, network) ?? '');
    const input = before?.layer === undefined ? undefined : placeOf.get(before.path);
    return [
      {
        kind: kindOf(layer.type),
        operation: layer.type,
        path,
        within: path,
        node: index,
        inputs: input === undefined ? [] : [input],
        quote: quote(place?.line),
        config: layer.config,
        hasBias: layer.parameters.some(({ role }) => role === 'bias'),
      },
    ];
  });
}

/** The path of what stands before a layer in its `Sequential`. */
function placeBefore({ path }: Module, network: Network): string | undefined {
  const parent = network.modules.get(path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '');
  if (parent?.type !== 'Sequential') return undefined;
  const at = parent.children.indexOf(path);
  return at > 0 ? parent.children[at - 1] : undefined;
}

/** Whether what a container holds is called one after the other, and each of it is a layer. */
export function isChain(path: string, network: Network): boolean {
  const container = network.modules.get(path);
  return (
    container?.type === 'Sequential' &&
    container.children.every((child) => network.modules.get(child)?.layer !== undefined)
  );
}

/** The layers of the only network of Keras that a program puts together in one line, where no input of it is known. */
export function kerasLayers(program: Program, quote: Quote): LayerFact[] | undefined {
  const networks = kerasOf(program).models.flatMap(({ network }) => (network === undefined ? [] : [network]));
  const [network, ...others] = networks;
  if (network === undefined || others.length > 0 || !network.isWhole || network.paths !== undefined)
    return undefined;
  const found: LayerFact[] = [];
  for (const { layer, span } of network.steps) {
    if (layer === undefined) return undefined;
    const code = quote(layer.span?.place.line ?? span?.place.line);
    const activation = activationIn(layer);
    const own = { path: '', within: '', quote: code };
    const isPlain = layer.type !== 'Activation';
    const last = found.at(-1)?.node;
    if (isPlain)
      found.push({
        ...own,
        kind: kindOf(layer.type),
        operation: layer.type,
        node: found.length,
        inputs: last === undefined ? [] : [last],
        config: configOf(layer),
        hasBias: layerArgument(layer, ['use_bias']) !== false,
      });
    const isWithin = isPlain && (isRecurrent(layer) || kindOf(layer.type) === 'activation');
    if (activation === undefined || activation === 'linear' || isWithin || kindOf(layer.type) === 'softmax')
      continue;
    const taken = found.at(-1)?.node;
    found.push({
      ...own,
      kind: kindOf(activation),
      operation: activation,
      node: found.length,
      inputs: taken === undefined ? [] : [taken],
      config: undefined,
      hasBias: false,
    });
  }
  return found;
}

/** Arguments that answers speak of, under the names of Keras. */
function configOf(layer: KerasLayer): Readonly<Record<string, unknown>> {
  const units = unitsOf(layer);
  const size = (names: readonly string[], position?: number): number | undefined =>
    numberOf(layerArgument(layer, names, position));
  const known: readonly (readonly [string, number | undefined])[] = [
    ['units', units],
    ['filters', units],
    ['hidden_size', units],
    ['kernel_size', layer.type.startsWith('Conv') ? size(['kernel_size'], 1) : undefined],
    ['strides', layer.type.startsWith('Conv') ? (size(['strides'], 2) ?? 1) : undefined],
    ['rate', layer.type.includes('Dropout') ? size(['rate', 'p'], 0) : undefined],
    ['embedding_dim', layer.type === 'Embedding' ? size(['output_dim'], 1) : undefined],
    ['num_embeddings', layer.type === 'Embedding' ? size(['input_dim'], 0) : undefined],
  ];
  const flags = isRecurrent(layer)
    ? [['return_sequences', layerArgument(layer, ['return_sequences']) === true] as const]
    : [];
  return Object.fromEntries([...known, ...flags].filter(([, value]) => value !== undefined));
}
