import { Rational, readExpression, type Expression } from '@tensormark/arithmetic';
import {
  buildReferences,
  surroundingsOf,
  type Acceptance,
  type AcceptedConventions,
  type Reference,
  type ReferenceAsk,
  type References,
  type Surroundings,
} from '@tensormark/parameter-count';
import type { NetworkField } from '../../exam/network-field.js';
import { networkOf } from '../../exam/network.js';
import type { NotePath } from '../../lint/note.js';
import type { Instruments } from '../kind.js';
import type { Ask } from './ask.js';

/** What of a numeric part its answers follow from. */
export interface Asking {
  readonly network?: NetworkField | undefined;
  readonly conventions: AcceptedConventions;
  readonly ask: readonly Ask[];
}

export type Expectation =
  | {
      readonly kind: 'expected';
      readonly references: readonly [Reference, ...Reference[]];
      readonly surroundings: Surroundings | undefined;
    }
  /** With the place in the part of what is to be mended. */
  | { readonly kind: 'impossible'; readonly says: string; readonly path: NotePath };

/** The same part is asked about thousands of times; its network is read once. */
const KNOWN = new WeakMap<Asking, Expectation>();

export function expectationOf(part: Asking, instruments: Instruments): Expectation {
  const known = KNOWN.get(part);
  if (known !== undefined) return known;
  const found = workOut(part, instruments);
  KNOWN.set(part, found);
  return found;
}

function workOut(part: Asking, instruments: Instruments): Expectation {
  const reading = part.network && networkOf(part.network, instruments);
  if (reading?.kind === 'refused')
    return {
      kind: 'impossible',
      says: `The network of the question: ${reading.says.replace(/\.$/, '')}.`,
      path: ['network'],
    };
  const asks: ReferenceAsk[] = [];
  for (const [at, ask] of part.ask.entries()) {
    const read = readAsk(ask);
    if (typeof read === 'string') return { kind: 'impossible', says: read, path: ['ask', at, 'value'] };
    asks.push(read);
  }
  const found = buildReferences(reading?.network, asks, part.conventions);
  if (found.kind !== 'references')
    return { kind: 'impossible', says: why(found), path: placeOf(found, part.ask) };
  return {
    kind: 'expected',
    references: found.references,
    surroundings: reading && surroundingsOf(reading.network),
  };
}

const FIELDS = { 'unknown-name': 'of', 'no-such-number': 'quantity', 'no-value': 'value' } as const;

function placeOf({ kind, id }: Exclude<References, { kind: 'references' }>, asks: readonly Ask[]): NotePath {
  const at = asks.findIndex((ask) => ask.id === id);
  return at === -1 ? ['ask'] : ['ask', at, FIELDS[kind]];
}

function why(refusal: Exclude<References, { kind: 'references' }>): string {
  switch (refusal.kind) {
    case 'unknown-name':
      return `${refusal.id} asks about "${refusal.name}", which the network does not have; it has ${refusal.known.join(', ')}.`;
    case 'no-such-number':
      return `${refusal.id} asks for ${refusal.what.replaceAll('-', ' ')} of ${refusal.of === '' ? 'the network' : `"${refusal.of}"`}, which has none.`;
    case 'no-value':
      return `${refusal.id}: "${refusal.written}" has no value: ${refusal.why.replace(/\.$/, '')}.`;
  }
}

function readAsk(ask: Ask): ReferenceAsk | string {
  const { id, says, follow } = ask;
  if ('quantity' in ask)
    return { id, says, follow, what: ask.quantity, of: ask.of, unit: ask.unit, accept: acceptanceOf(ask) };
  const written = Array.isArray(ask.value) ? ask.value : [ask.value];
  const expressions: { written: string; expression: Expression }[] = [];
  for (const each of written.map(String)) {
    const reading = readExpression(each);
    if (reading.kind === 'refused') return `${id}: "${each}" is ${reading.message.replace(/\.$/, '')}.`;
    expressions.push({ written: each, expression: reading.expression });
  }
  return { id, says, follow, accept: acceptanceOf(ask), expressions, unit: ask.unit };
}

function acceptanceOf({ tolerance, significantFigures, decimals }: Ask): Acceptance | undefined {
  if (tolerance !== undefined) {
    return 'absolute' in tolerance
      ? { kind: 'absolute', within: Rational.fromDouble(tolerance.absolute) }
      : { kind: 'relative', within: Rational.fromDouble(tolerance.relative) };
  }
  if (significantFigures !== undefined) return { kind: 'significant-figures', count: significantFigures };
  return decimals === undefined ? undefined : { kind: 'decimals', count: decimals };
}
