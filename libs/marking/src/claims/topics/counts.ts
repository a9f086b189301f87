import type { Claim, Subject } from '../claim.js';
import type { Clause } from '../clauses.js';
import { type CodeFacts } from '../facts.js';
import { kindOf, type LayerKind } from '../layer-fact.js';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf, NUMBER, readNumber } from '../numbers.js';
import { layersOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

const COUNTED: readonly (readonly [words: string, kind: LayerKind, subject: Subject])[] = [
  [String.raw`conv(?:olution(?:al)?)?(?:2d)? layers?|convolutions|convs`, 'convolution', 'convolution'],
  [String.raw`(?:fully[ -]connected|linear|dense|fc) layers?`, 'linear', 'linear'],
  [String.raw`(?:max[ -]?)?pool(?:ing)? layers?`, 'pooling', 'pooling'],
  [String.raw`dropout layers?|dropouts`, 'dropout', 'dropout'],
  [String.raw`batch[ -]?norm(?:ali[sz]ation)? layers?`, 'normalisation', 'normalisation'],
  [String.raw`lstm layers?|recurrent layers?`, 'recurrence', 'recurrence'],
];

/** A count is the network's own only where something says that it has so many, and nothing that these are some of them. */
const OWNS =
  /\b(?:has|have|having|uses?|using|contains?|consists? of|there (?:is|are)|comprises?|made (?:up )?of|built (?:from|of)|with|includes?|stacks?|only|just|exactly)\b[^.]*$/i;
const SOME_OF =
  /\b(?:the|these|those|first|last|next|final|another|other|additional|extra|more|further|per|each|every|block|blocks|stage|between|of which|of the|after|before|path|branch)\b/i;

/** How many layers of a kind there are. */
export const counts: Topic = {
  *read(clause, facts) {
    yield* blocks(clause, facts);
    for (const [words, kind, subject] of COUNTED) {
      const pattern = new RegExp(
        String.raw`(${NUMBER})\s+(?:(?:consecutive|stacked|successive|different|separate|simple|large|big|wide|small)\s+)?(?:${words})(?!\s*(?:of|with)\s+size)\b`,
        'gi',
      );
      for (const match of clause.text.matchAll(pattern)) {
        const stated = readNumber(match[1] ?? '');
        if (stated === undefined || !Number.isInteger(stated.value) || stated.value > 500) continue;
        const before = clause.text.slice(0, match.index);
        // "Stride 2 convolutions": a number of another thing.
        if (
          /\b(?:strides?|size|kernels?|padding|dilation|groups|rate|factor)(?: of| is|=|-)?\s*$/i.test(before)
        )
          continue;
        const after = clause.text.slice(match.index + match[0].length);
        const actual = countsOf(facts, kind);
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
        if (/\b(?:not|n't|no|never)\b|n't/i.test(before)) holds = undefined;
        yield claimAt(
          clause,
          { start: match.index, end: match.index + match[0].length },
          subject,
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
    if (layer === undefined && /block|stage|cell$/i.test(type)) found.set(type, (found.get(type) ?? 0) + 1);
  const [first, ...others] = found;
  if (first === undefined) return;
  for (const match of clause.text.matchAll(BLOCKS)) {
    const stated = readNumber(match[1] ?? '');
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

const BLOCKS = new RegExp(
  String.raw`(${NUMBER})\s+(?:(?:identical|stacked|consecutive|successive|transformer|residual|conv\w*|dense|encoder|decoder|attention)\s+){0,2}(?:blocks|stages|cells)\b`,
  'gi',
);

/** Every way of counting them that makes sense: layers made, layers called, calls; linear layers with and without the last. */
function countsOf(facts: CodeFacts, kind: LayerKind): number[] {
  const called = layersOf(facts, kind).length;
  const calls = facts.layers.filter((layer) => layer.kind === kind).length;
  const made = [...(facts.network?.modules.values() ?? [])].filter(
    ({ type }) => kindOf(type) === kind,
  ).length;
  return [called, calls, made];
}
