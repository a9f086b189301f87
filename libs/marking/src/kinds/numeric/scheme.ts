import {
  buildReference,
  questionOfNode,
  surroundingsOf,
  PYTORCH,
  type Question,
  type Reference,
} from '@tensormark/parameter-count';
import type { Network } from '@tensormark/network';
import { LayersNetwork, type NetworkField } from '../../exam/network-field.js';
import { networkOf } from '../../exam/network.js';
import type { NumericScheme } from '../../lint/numeric.js';
import type { Marks } from '../../marks.js';
import type { Instruments } from '../kind.js';
import type { Ask, QUANTITIES } from './ask.js';
import type { Conventions } from './conventions.js';

interface Part {
  readonly marks: Marks;
  readonly network?: NetworkField | undefined;
  readonly conventions: Conventions;
  readonly ask: readonly Ask[];
}

/** Read off the network as much as worked out: what they are needs no guessing. */
const SIZES: ReadonlySet<string> = new Set([
  'output-shape',
  'channels',
  'depth',
  'height',
  'width',
  'length',
  'features',
] satisfies (typeof QUANTITIES)[number][]);

/** A numeric part as the lint looks at it. */
export function schemeOf(part: Part, reference: Reference, instruments: Instruments): NumericScheme {
  const { network, ask, marks, conventions } = part;
  const valueOf = (id: string): bigint | undefined => {
    const [only, ...others] = reference.asked.get(id)?.nodes ?? [];
    const value = only === undefined ? undefined : reference.nodes.get(only)?.value;
    return others.length === 0 && value?.denominator === 1n ? value.numerator : undefined;
  };
  const reading = network && networkOf(network, instruments);
  return {
    marks,
    ask: ask.map((each) => ({
      id: each.id,
      at: each.at,
      marks: each.marks,
      method: each.method,
      isCount: 'quantity' in each && !SIZES.has(each.quantity),
      value: valueOf(each.id),
    })),
    questions: reading?.kind === 'network' ? (questionsAbout(reading.network, ask) ?? []) : [],
    layers: network === undefined || 'code' in network ? undefined : network,
    questionsOf(layers) {
      const other = otherLayers(layers);
      const built = other && networkOf(other, instruments);
      return built?.kind === 'network' ? questionsAbout(built.network, ask) : undefined;
    },
    biasIsFree: conventions.bias === 'either',
  };
}

function otherLayers(layers: unknown): NetworkField | undefined {
  const read = LayersNetwork.safeParse(layers);
  return read.success ? read.data : undefined;
}

function questionsAbout(network: Network, ask: readonly Ask[]): readonly Question[] | undefined {
  const counted = ask.flatMap((each) =>
    'quantity' in each ? [{ id: each.id, says: each.says, what: each.quantity, of: each.of }] : [],
  );
  const building = buildReference(network, counted, PYTORCH);
  if (building.kind !== 'reference') return undefined;
  const { reference } = building;
  const surroundings = surroundingsOf(network);
  return [...reference.asked.values()].flatMap(({ nodes }) =>
    nodes.flatMap((id) => questionOfNode(reference, id, { surroundings }) ?? []),
  );
}
