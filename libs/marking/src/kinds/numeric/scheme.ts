import {
  expectedQuantities,
  questionOf,
  surroundingsOf,
  type AskedQuantity,
  type Question,
} from '@tensormark/parameter-count';
import type { Network } from '@tensormark/network';
import { LayersNetwork, type NetworkField } from '../../exam/network-field.js';
import { networkOf } from '../../exam/network.js';
import type { NumericScheme } from '../../lint/numeric.js';
import type { Marks } from '../../marks.js';
import type { Instruments } from '../kind.js';
import type { Ask } from './ask.js';

interface Part {
  readonly marks: Marks;
  readonly network: NetworkField;
  readonly conventions: { readonly bias: 'as-given' | 'either' };
  readonly ask: readonly Ask[];
}

/** A numeric part as the lint looks at it. */
export function schemeOf(
  part: Part,
  asked: readonly AskedQuantity[],
  instruments: Instruments,
): NumericScheme {
  const { network, ask, marks, conventions } = part;
  const valueOf = (id: string): bigint | undefined => asked.find((each) => each.id === id)?.readings[0].value;
  const reading = networkOf(network, instruments);
  return {
    marks,
    ask: ask.map(({ id, marks, method }) => ({ id, marks, method, value: valueOf(id) })),
    questions: reading.kind === 'network' ? (questionsAbout(reading.network, ask) ?? []) : [],
    layers: 'code' in network ? undefined : network,
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
  const expectation = expectedQuantities(network, ask, 'as-given');
  if (expectation.kind !== 'asked') return undefined;
  const surroundings = surroundingsOf(network);
  return expectation.asked.map(({ of = '', readings: [{ formula }] }) =>
    questionOf(formula, { module: of, surroundings }),
  );
}
