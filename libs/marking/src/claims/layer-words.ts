import type { LayerFact, LayerKind } from './layer-fact.js';

/** Kinds of layers that have a name of their own. */
export type NamedKind = Exclude<LayerKind, 'other'>;

/** What answers call a layer or operation. */
export interface LayerWords {
  /** What a claim of it is about, too. */
  readonly kind: NamedKind;
  /** A piece of a pattern, without a plural and without "layer". */
  readonly words: string;
  /** The operations of the kind that the words mean; all where it is left out. */
  readonly operations?: RegExp;
}

/** What says more comes first: "max pooling" is no other pooling. */
const LAYER_WORDS: readonly LayerWords[] = [
  of(
    'pooling',
    String.raw`(?:global|adaptive)[ -](?:average|avg|mean)[ -]?pool(?:ing|ed)?`,
    /(?:adaptive|global).*(?:avg|average)/i,
  ),
  of('pooling', String.raw`(?:global|adaptive)[ -]max[ -]?pool(?:ing|ed)?`, /(?:adaptive|global).*max/i),
  of('pooling', String.raw`(?:spatial )?(?:average|avg|mean)[ -]?pool(?:ing|ed)?`, /avg|average/i),
  of('pooling', String.raw`(?:spatial )?max(?:imum)?[ -]?pool(?:ing|ed)?`, /max/i),
  of('pooling', String.raw`(?:global|adaptive)[ -]pool(?:ing|ed)?`, /adaptive|global/i),
  of('pooling', String.raw`(?:spatial )?pool(?:ing|ed)?`),
  of('activation', String.raw`leaky[ -]?relu`, /leaky/i),
  of('activation', 'relu', /^relu6?$/i),
  of('activation', 'sigmoid', /^(?:log)?sigmoid$/i),
  of('activation', 'tanh', /^tanh$/i),
  of('activation', 'gelu', /gelu/i),
  of(
    'activation',
    String.raw`(?:non-?\s?linear )?activation(?: function)?|non-?\s?linearit(?:y|ies)|nonlinear function`,
  ),
  of('dropout', 'drop-?out'),
  of('normalisation', String.raw`batch[ -]?norm(?:ali[sz]ation)?(?:[123]d)?|bn`, /batch/i),
  of('normalisation', String.raw`layer[ -]?norm(?:ali[sz]ation)?`, /layer/i),
  of('normalisation', String.raw`group[ -]?norm(?:ali[sz]ation)?`, /group/i),
  of('normalisation', String.raw`instance[ -]?norm(?:ali[sz]ation)?(?:[123]d)?`, /instance/i),
  of('normalisation', String.raw`normali[sz]ation(?=\s+layer)`),
  of('softmax', String.raw`log[ -_]?softmax`, /log/i),
  of('softmax', 'softmax'),
  of(
    'convolution',
    String.raw`(?:transposed?[ -]conv(?:olution(?:al)?)?|deconv(?:olution(?:al)?)?)`,
    /transpose/i,
  ),
  of('convolution', String.raw`conv(?:olution(?:al)?)?(?:2d)?`),
  of('linear', String.raw`fully[ -]connected|hidden linear|linear|dense|fc`),
  of('recurrence', 'lstm', /lstm/i),
  of('recurrence', 'gru', /gru/i),
  of('recurrence', 'rnn|recurrent'),
  of('embedding', 'embedding'),
  of('attention', String.raw`(?:self-?\s?)?attention`),
];

function of(kind: NamedKind, words: string, operations?: RegExp): LayerWords {
  return { kind, words, ...(operations && { operations }) };
}

/** Words for layers of one kind, or of any, as a piece of a pattern. */
export function wordsFor(kind?: LayerKind): string {
  const own = LAYER_WORDS.filter((each) => kind === undefined || each.kind === kind);
  return `(?:${own.map(({ words }) => words).join('|')})`;
}

/** A layer or several, as a piece of a pattern: "conv layers", "the dropout". */
export const LAYER_NOUN = String.raw`${wordsFor()}(?:s|es)?(?:\s+(?:layers?|operations?|functions?|activations?))?`;

const PATTERNS = LAYER_WORDS.map((each) => ({
  each,
  pattern: new RegExp(String.raw`\b(?:${each.words})(?:s|es)?(?![a-z])`, 'i'),
}));

/** What words for a layer mean; what is said first where they are several. */
export function layerSaid(said: string): LayerWords | undefined {
  let found: { readonly each: LayerWords; readonly at: number } | undefined;
  for (const { each, pattern } of PATTERNS) {
    const at = said.search(pattern);
    if (at >= 0 && (found === undefined || at < found.at)) found = { each, at };
  }
  return found?.each;
}

/** Whether a layer is one that the words mean. */
export function isMeant({ kind, operations }: LayerWords, layer: LayerFact): boolean {
  return layer.kind === kind && (operations === undefined || operations.test(layer.operation));
}

/** Layers that have weights, or lay out what those give, in the words of answers. */
const STAGES: ReadonlySet<LayerKind> = new Set([
  'convolution',
  'pooling',
  'linear',
  'recurrence',
  'embedding',
  'attention',
]);

/** Kinds of layers that a text names, beside what stands between them. */
export function stagesIn(text: string): ReadonlySet<LayerKind> {
  return new Set(
    PATTERNS.flatMap(({ each, pattern }) => (STAGES.has(each.kind) && pattern.test(text) ? [each.kind] : [])),
  );
}
