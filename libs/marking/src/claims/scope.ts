import type { CodeFacts } from './facts.js';
import type { LayerFact, LayerKind } from './layer-fact.js';
import { wordsFor } from './layer-words.js';

/**
 * Which layers a clause speaks of. `named`: one or several that are told apart by name or number; `all`: every one of a
 * kind; `any`: nothing narrows it down; `unknown`: something does, and it could not be resolved.
 */
export type Scope =
  | { readonly kind: 'named'; readonly layers: readonly LayerFact[] }
  | { readonly kind: 'all'; readonly layers: readonly LayerFact[] }
  | { readonly kind: 'any' }
  | { readonly kind: 'unknown' };

const KINDS: readonly LayerKind[] = [
  'convolution',
  'linear',
  'pooling',
  'dropout',
  'normalisation',
  'recurrence',
  'embedding',
];
/** The words for each kind, made once. */
const NOUNS = KINDS.map(
  (kind) => [String.raw`${wordsFor(kind)}(?:s|es)?(?:\s+layers?)?(?![a-z])`, kind] as const,
);
const ORDINALS: Readonly<Record<string, number>> = {
  first: 0,
  '1st': 0,
  initial: 0,
  second: 1,
  '2nd': 1,
  third: 2,
  '3rd': 2,
  fourth: 3,
  '4th': 3,
  fifth: 4,
  last: -1,
  final: -1,
};

/** Words that narrow a clause to a part of the network in a way that layers' names do not tell. */
const NARROWING =
  /\b(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|last|final|initial|middle|other|later|latter|former|early|earlier|deeper|remaining|rest|next|previous|next|following|some|one of|stem|head|encoder|decoder|classifier|backbone|bottleneck|latent|block\d*|stage\d*|each|every|respectively|layer\s?\d|input layer|output layer|hidden)\b/i;

/** The scope of a clause for layers of one kind (any kind where undefined). */
export function scopeOf(text: string, facts: CodeFacts, kind: LayerKind | undefined): Scope {
  if (/\brespectively\b/i.test(text)) return { kind: 'unknown' };
  const named = byName(text, facts);
  if (named.length > 0) return { kind: 'named', layers: named };
  for (const [noun, of] of NOUNS) {
    if (kind !== undefined && kind !== of) continue;
    const ofKind = layersOf(facts, of);
    const ordinal = new RegExp(String.raw`\b(${Object.keys(ORDINALS).join('|')})\s+(?:${noun})`, 'i').exec(
      text,
    );
    if (ordinal !== null && !/\b(?:first|last)\s+(?:two|three|four|\d)/i.test(text)) {
      const layer = atOrdinal(ofKind, ordinal[1] ?? '');
      return layer === undefined ? { kind: 'unknown' } : { kind: 'named', layers: [layer] };
    }
    if (
      new RegExp(
        String.raw`\b(?:all|every|each|both)(?:\s+(?:of|the|its|single|one))*\s+(?:${noun})`,
        'i',
      ).test(text)
    ) {
      return ofKind.length === 0 ? { kind: 'unknown' } : { kind: 'all', layers: ofKind };
    }
  }
  const hidden =
    /\b(?:(first|second|third|fourth|last)\s+)?hidden(?: linear| dense| fully[- ]connected)? (layers?)\b/i.exec(
      text,
    );
  if (hidden !== null && (kind === undefined || kind === 'linear'))
    return hiddenLayers(facts, hidden[1], hidden[2]?.toLowerCase() === 'layers');
  const layer = layerByNumber(text, facts);
  if (layer !== undefined) {
    return kind === undefined || layer.kind === kind
      ? { kind: 'named', layers: [layer] }
      : { kind: 'unknown' };
  }
  return NARROWING.test(text) ? { kind: 'unknown' } : { kind: 'any' };
}

/** "The second hidden layer": among linear layers but the last, where no other layer may be meant by it. */
function hiddenLayers(facts: CodeFacts, ordinal: string | undefined, isMany: boolean): Scope {
  const linear = layersOf(facts, 'linear');
  const layers = linear.slice(0, -1);
  const taken = linear.flatMap(({ inputs }) => inputs);
  // Where two take the same, they are heads, and which layers are hidden is not for their order to say.
  if (layers.length === 0 || new Set(taken).size < taken.length) return { kind: 'unknown' };
  if (ordinal === undefined) {
    if (!isMany && layers.length > 1) return { kind: 'unknown' };
    return { kind: isMany ? 'all' : 'named', layers };
  }
  const isOther = facts.layers.some(({ kind }) => kind === 'convolution' || kind === 'recurrence');
  const layer = isOther || isMany ? undefined : atOrdinal(layers, ordinal);
  return layer === undefined ? { kind: 'unknown' } : { kind: 'named', layers: [layer] };
}

/** The layer that "first", "2nd" or "final" means among those of a kind. */
export function atOrdinal(layers: readonly LayerFact[], said: string): LayerFact | undefined {
  const at = ORDINALS[said.toLowerCase().replace('very', '').trim()];
  return at === undefined ? undefined : layers.at(at);
}

/** "The first layer", "the last layer": among the layers with weights. */
function layerByNumber(text: string, facts: CodeFacts): LayerFact | undefined {
  const found = /\b(first|last|final)\s+layer\b/i.exec(text);
  if (found === null) return undefined;
  const weighted = facts.layers.filter(({ kind }) => kind === 'convolution' || kind === 'linear');
  return atOrdinal(weighted, found[1] ?? '');
}

/** Layers of a kind in the order they are called, each once. */
export function layersOf({ layers }: CodeFacts, kind: LayerKind): LayerFact[] {
  const seen = new Set<string>();
  return layers.filter((layer) => {
    if (layer.kind !== kind) return false;
    if (layer.path === '') return true;
    if (seen.has(layer.path)) return false;
    seen.add(layer.path);
    return true;
  });
}

/** Layers whose attribute's name the text has: `fc2`, `self.conv1`. Names that are also plain words do not count. */
function byName(text: string, { layers }: CodeFacts): LayerFact[] {
  const found = new Map<string, LayerFact>();
  for (const layer of layers) {
    const name = layer.path;
    if (name === '' || found.has(name)) continue;
    const last = name.slice(name.lastIndexOf('.') + 1);
    const isTelling = /\d|_/.test(last) && /[a-z]/i.test(last);
    const escaped = name.replaceAll('.', String.raw`\.`);
    const pattern = isTelling ? String.raw`(?:self\.)?(?:${escaped}|${last})` : String.raw`self\.${escaped}`;
    if (new RegExp(String.raw`(?<![\w.])${pattern}(?![\w])`, 'i').test(text)) found.set(name, layer);
  }
  return [...found.values()];
}
