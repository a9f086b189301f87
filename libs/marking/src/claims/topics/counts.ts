import type { Claim } from '../claim.js';
import type { Clause } from '../clauses.js';
import { type CodeFacts } from '../facts.js';
import { kindOf, numbersOf } from '../layer-fact.js';
import { isMeant, layerSaid, wordsFor, type LayerWords } from '../layer-words.js';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf, NUMBER, readNumber } from '../numbers.js';
import { layersOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** Kinds that are counted as "layers", and the plurals that are counted by themselves. */
const COUNTED = (
  [
    ['convolution', '(?:transposed )?convolutions|convs'],
    ['linear'],
    ['pooling', 'poolings'],
    ['dropout', 'dropouts'],
    ['normalisation'],
    ['recurrence', 'lstms|grus|rnns'],
    ['embedding'],
  ] as const
).map(([kind, alone]) => {
  const words = `${wordsFor(kind)} layers?${alone === undefined ? '' : `|${alone}`}`;
  const pattern = new RegExp(
    String.raw`(${NUMBER})\s+(?:(?:consecutive|stacked|successive|different|separate|simple|large|big|wide|small)\s+)?(?:${words})(?!\s*(?:of|with)\s+size)\b`,
    'gi',
  );
  return { kind, pattern };
});

/** A count is the network's own only where something says that it has so many, and nothing that these are some of them. */
const OWNS =
  /\b(?:has|have|having|uses?|using|contains?|consists? of|there (?:is|are)|comprises?|made (?:up )?of|built (?:from|of)|with|includes?|stacks?|only|just|exactly)\b[^.]*$/i;
const SOME_OF =
  /\b(?:the|these|those|first|last|next|final|another|other|additional|extra|more|further|per|each|every|block|blocks|stage|between|of which|of the|after|before|path|branch)\b/i;

/** How many layers of a kind there are. */
export const counts: Topic = {
  *read(clause, facts) {
    yield* blocks(clause, facts);
    yield* hidden(clause, facts);
    for (const { kind, pattern } of COUNTED) {
      for (const match of clause.text.matchAll(pattern)) {
        const stated = readNumber(match[1] ?? '');
        const meant = layerSaid(match[0]);
        if (stated === undefined || !Number.isInteger(stated.value) || stated.value > 500) continue;
        const before = clause.text.slice(0, match.index);
        // "Stride 2 convolutions" are a number of another thing; "the two convolutions" are spoken of, not counted.
        if (
          meant?.kind !== kind ||
          /\b(?:strides?|size|kernels?|padding|dilation|groups|rate|factor)(?: of| is|=|-)?\s*$/i.test(
            before,
          ) ||
          /\b(?:the|these|those)\s+$/i.test(before)
        )
          continue;
        const after = clause.text.slice(match.index + match[0].length);
        const actual = countsOf(facts, meant);
        const how = comparisonBefore(before);
        const held = actual.map((count) => holdsOf(stated, how, count));
        const isSome = isOfSome(before) || SOME_OF.test(after.slice(0, 40));
        let holds: boolean | undefined = held.includes(true) ? true : undefined;
        if (
          holds === undefined &&
          facts.isWhole &&
          OWNS.test(before) &&
          !isSome &&
          // What goes on after the number may say which of them are counted.
          /^[\s.,;!]*$/.test(after) &&
          held.every((each) => each === false)
        )
          holds = false;
        // One layer that stacks several is one, or several.
        const isStack = kind === 'recurrence' && stated.value === 1 && actual.some((count) => count > 1);
        if (isStack || /\b(?:not|n't|no|never)\b|n't/i.test(before)) holds = undefined;
        yield claimAt(
          clause,
          { start: match.index, end: match.index + match[0].length },
          meant.kind,
          judged(holds, clause.mood),
          `The code has ${[...new Set(actual)].join(' or ')} of these layers.`,
          { code: layersOf(facts, kind)[0]?.quote },
        );
      }
    }
  },
};

function isOfSome(before: string): boolean {
  return SOME_OF.test(before.replace(/\bthe (?:network|model|code|architecture|net|design|class)\b/gi, ''));
}

/** "Four transformer blocks": modules of a class of the code's own that is a block by its name. */
function* blocks(clause: Clause, facts: CodeFacts): Generator<Claim> {
  const found = new Map<string, number>();
  for (const { type, layer } of facts.network?.modules.values() ?? [])
    if ((layer === undefined && /block|stage|cell$/i.test(type)) || /^Transformer\w*Layer$/.test(type))
      found.set(type, (found.get(type) ?? 0) + 1);
  const [first, ...others] = found;
  if (first === undefined) return;
  for (const match of clause.text.matchAll(BLOCKS)) {
    const stated = readNumber(match[1] ?? match[2] ?? '');
    const before = clause.text.slice(0, match.index);
    if (stated === undefined || !Number.isInteger(stated.value) || isOfSome(before)) continue;
    const fits = [...found.values()].includes(stated.value);
    const isSure =
      others.length === 0 && facts.isWhole && OWNS.test(before) && comparisonBefore(before) === 'exactly';
    yield claimAt(
      clause,
      { start: match.index, end: match.index + match[0].length },
      'blocks',
      judged(
        /\b(?:not|n't|no|never)\b|n't/i.test(before) ? undefined : fits ? true : isSure ? false : undefined,
        clause.mood,
      ),
      `The network has ${[...found].map(([type, count]) => `${count} of ${type}`).join(', ')}.`,
    );
  }
}

const HIDDEN = new RegExp(String.raw`(${NUMBER})\s+hidden\s+(?:\w+\s+)?layers?\b`, 'gi');

/** "Two hidden layers": all linear layers but the last, in a network of no others. */
function* hidden(clause: Clause, facts: CodeFacts): Generator<Claim> {
  const layers = layersOf(facts, 'linear');
  const isOther = facts.layers.some(
    ({ kind }) => !/^(?:linear|activation|dropout|normalisation|softmax|other)$/.test(kind),
  );
  if (!facts.isWhole || isOther || layers.length < 2) return;
  for (const match of clause.text.matchAll(HIDDEN)) {
    const stated = readNumber(match[1] ?? '');
    const before = clause.text.slice(0, match.index);
    if (
      stated === undefined ||
      /\b(?:not|n't|no|never|the|first|last|of)\s+$/i.test(before) ||
      isOfSome(before)
    )
      continue;
    const holds = holdsOf(stated, comparisonBefore(before), layers.length - 1);
    const isPlain = OWNS.test(before) && facts.isTraced;
    yield claimAt(
      clause,
      rangeOf(match),
      'linear',
      judged(holds === false && !isPlain ? undefined : holds, clause.mood),
      `The network has ${layers.length} linear layers, the last of which gives its output.`,
      { code: layers[0]?.quote },
    );
  }
}

const BLOCKS = new RegExp(
  String.raw`(${NUMBER})\s+(?:(?:identical|stacked|consecutive|successive|transformer|residual|conv\w*|dense|encoder|decoder|attention)\s+){0,2}(?:blocks|stages|cells)\b|(${NUMBER})\s+(?:(?:identical|stacked)\s+)?(?:transformer|(?:transformer )?(?:en|de)coder)\s+layers\b`,
  'gi',
);

/**
 * Every way of counting them that makes sense: layers made, layers called, calls, and layers that one of PyTorch's own
 * stacks (`num_layers`).
 */
function countsOf(facts: CodeFacts, meant: LayerWords): number[] {
  const own = facts.layers.filter((layer) => isMeant(meant, layer));
  const called = layersOf(facts, meant.kind).filter((layer) => isMeant(meant, layer));
  const made = [...(facts.network?.modules.values() ?? [])].filter(
    ({ type }) => kindOf(type) === meant.kind && (meant.operations?.test(type) ?? true),
  );
  const stacked = called.map((layer) => numbersOf(layer, 'num_layers')?.[0] ?? 1);
  return [called.length, own.length, made.length, stacked.reduce((sum, count) => sum + count, 0)];
}
