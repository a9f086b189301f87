import type { Network } from '@tensormark/network';
import { buildReference, type Building, type ReferenceAsk } from './build.js';
import { PYTORCH, type Convention } from './convention.js';
import type { Reference } from './reference.js';
import { isOfBytes, unitPower } from './units.js';

/** What a scheme accepts besides PyTorch's own way of counting; `either` accepts each, held to throughout. */
export interface AcceptedConventions {
  readonly bias: Convention['bias'] | 'either';
  readonly recurrentBias: Convention['recurrentBias'] | 'either';
  readonly statistics: Convention['statistics'] | 'either';
  readonly work: Convention['work'] | 'either';
  readonly activations: Convention['activations'] | 'either';
  readonly kilo: Convention['kilo'] | 'either';
}

export type References =
  | { readonly kind: 'references'; readonly references: readonly [Reference, ...Reference[]] }
  | Exclude<Building, { readonly kind: 'reference' }>;

const CHOICES = {
  bias: ['as-given', 'without', 'with'],
  recurrentBias: ['two', 'one'],
  statistics: ['left-out', 'counted'],
  work: ['flops', 'multiply-accumulates'],
  activations: ['every-output', 'without-in-place'],
  kilo: [1000, 1024],
} as const;

/** One reference for each accepted convention that changes something asked, the declared one first. */
export function buildReferences(
  network: Network | undefined,
  asks: readonly ReferenceAsk[],
  accepted: AcceptedConventions,
): References {
  const first = buildReference(network, asks, declared(accepted));
  if (first.kind !== 'reference') return first;
  const found: [Reference, ...Reference[]] = [first.reference];
  const seen = new Set([fingerprint(first.reference)]);
  for (const convention of conventionsOf(accepted)) {
    const building = buildReference(network, asks, convention);
    if (building.kind !== 'reference') continue;
    const print = fingerprint(building.reference);
    if (seen.has(print)) continue;
    seen.add(print);
    found.push(building.reference);
  }
  return { kind: 'references', references: found };
}

function declared(accepted: AcceptedConventions): Convention {
  return {
    bias: accepted.bias === 'either' ? PYTORCH.bias : accepted.bias,
    recurrentBias: accepted.recurrentBias === 'either' ? PYTORCH.recurrentBias : accepted.recurrentBias,
    statistics: accepted.statistics === 'either' ? PYTORCH.statistics : accepted.statistics,
    work: accepted.work === 'either' ? PYTORCH.work : accepted.work,
    activations: accepted.activations === 'either' ? PYTORCH.activations : accepted.activations,
    kilo: accepted.kilo === 'either' ? PYTORCH.kilo : accepted.kilo,
  };
}

function allOf<Choice extends string | number>(
  accepted: Choice | 'either',
  all: readonly Choice[],
): readonly Choice[] {
  return all.filter((choice) => accepted === 'either' || choice === accepted);
}

function conventionsOf(accepted: AcceptedConventions): readonly Convention[] {
  const found: Convention[] = [];
  for (const bias of allOf(accepted.bias, CHOICES.bias))
    for (const recurrentBias of allOf(accepted.recurrentBias, CHOICES.recurrentBias))
      for (const statistics of allOf(accepted.statistics, CHOICES.statistics))
        for (const work of allOf(accepted.work, CHOICES.work))
          for (const activations of allOf(accepted.activations, CHOICES.activations))
            for (const kilo of allOf(accepted.kilo, CHOICES.kilo))
              found.push({ bias, recurrentBias, statistics, work, activations, kilo });
  return found;
}

/** What is asked, as values: conventions under which nothing differs say nothing. A "k" matters for bytes alone. */
function fingerprint({ nodes, asked, convention }: Reference): string {
  const wanted = [...asked.values()].flatMap(({ nodes: ids }) => ids.flatMap((id) => nodes.get(id) ?? []));
  const ofBytes =
    wanted.some(({ measure }) => measure === 'bytes') ||
    [...asked.values()].some(({ measuredIn }) => measuredIn?.measure.of === 'bytes');
  const kilo = ofBytes ? `${convention.kilo} ` : '';
  return kilo + wanted.map(({ value }) => `${value.numerator}/${value.denominator}`).join(' ');
}

const WORDS: {
  readonly [Key in Exclude<keyof Convention, 'kilo'>]: Readonly<Record<Convention[Key], string>>;
} = {
  bias: {
    'as-given': 'as the question gives the network',
    without: 'without biases',
    with: 'with a bias for each output',
  },
  recurrentBias: { two: 'two bias vectors for each gate', one: 'one bias vector for each gate' },
  statistics: { 'left-out': 'without running statistics', counted: 'running statistics included' },
  work: {
    flops: 'a multiplication and its addition as two operations',
    'multiply-accumulates': 'a multiplication with its addition as one operation',
  },
  activations: { 'every-output': 'every output', 'without-in-place': 'outputs that are kept alone' },
};

/** A convention in words: how biases count, and whatever else is not PyTorch's own way. */
export function conventionWords(convention: Convention): string {
  const words = [WORDS.bias[convention.bias]];
  if (convention.recurrentBias !== PYTORCH.recurrentBias)
    words.push(WORDS.recurrentBias[convention.recurrentBias]);
  if (convention.statistics !== PYTORCH.statistics) words.push(WORDS.statistics[convention.statistics]);
  if (convention.work !== PYTORCH.work) words.push(WORDS.work[convention.work]);
  if (convention.activations !== PYTORCH.activations) words.push(WORDS.activations[convention.activations]);
  if (convention.kilo !== PYTORCH.kilo) words.push('a kilobyte of 1024 bytes');
  return words.join(', ');
}

/** The convention that a reference's numbers follow, PyTorch's own ways named too where they bear on what is asked. */
export function conventionWordsFor({ convention, nodes, asked }: Reference): string {
  const all = [...nodes.values()];
  if (all.every(({ measure }) => measure === 'expression')) return '';
  const words = [conventionWords(convention)];
  if (convention.recurrentBias === 'two' && all.some(({ id }) => id.endsWith('/parameters-per-gate')))
    words.push(WORDS.recurrentBias.two);
  if (convention.work === 'flops' && all.some(({ measure }) => measure === 'flops'))
    words.push(WORDS.work.flops);
  const units = [...asked.values()].flatMap(({ unit }) => unit ?? []);
  if (
    convention.kilo === 1000 &&
    units.some((unit) => isOfBytes(unit) && unitPower(unit, convention)?.base === 1000)
  )
    words.push('a kilobyte of 1000 bytes');
  return words.join(', ');
}
