import type { DType, Network, Parameter } from '@tensormark/network';
import type { NetworkReading } from './network-reading.js';

const REST = 'rest';

/**
 * The network with its parameters in other types: what is said of a parameter itself goes before what is said of its layer,
 * that before its type of layer, that before the blocks around it, the nearest first, and that before the rest.
 */
export function storedAs(types: Readonly<Record<string, DType>>, network: Network): NetworkReading {
  const said = new Map(Object.entries(types));
  const unknown = [...said.keys()].find((name) => name !== REST && !isKnown(name, network));
  if (unknown !== undefined)
    return {
      kind: 'refused',
      says: `"${unknown}" of "stored" is no layer, block, parameter or type of layer of it`,
    };
  const parameters = network.parameters.map((parameter) => {
    const dtype = namesFor(parameter, network).flatMap((name) => said.get(name) ?? [])[0];
    return dtype === undefined ? parameter : { ...parameter, dtype };
  });
  return { kind: 'network', network: { ...network, parameters } };
}

function isKnown(name: string, { modules, parameters }: Network): boolean {
  return (
    modules.has(name) ||
    parameters.some(({ names }) => names.includes(name)) ||
    [...modules.values()].some(({ type }) => type === name)
  );
}

/** All that may be said of a parameter, the nearest first. */
function namesFor({ names: [name = ''] }: Parameter, { modules }: Network): readonly string[] {
  const [own = '', layer = '', ...blocks] = name
    .split('.')
    .map((_, at, parts) => parts.slice(0, parts.length - at).join('.'));
  return [own, layer, modules.get(layer)?.type ?? '', ...blocks, REST];
}
