import { isCall, tensorsOf } from '@tensormark/network';
import type { CodeFacts } from '../facts.js';
import type { LayerFact } from '../layer-fact.js';
import { isMeant, LAYER_NOUN, layerSaid } from '../layer-words.js';
import { judged } from '../mood.js';
import { NUMBER, readNumber } from '../numbers.js';
import { atOrdinal, layersOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const SIDES = String.raw`(\d+)\s*(?:x|\*|by)\s*(\d+)(?:\s*(?:x|\*|by)\s*(\d+))?`;
/** "After the second pooling the feature maps have size 4x4", "conv2 outputs 64 maps of 8x8". */
const AFTER = new RegExp(
  String.raw`\b(?:after|behind|following|output of)\s+(?:the\s+)?(first|second|third|fourth|last|final)?\s*(${LAYER_NOUN})\b(?!\s+and\b)[^.;]*?\b(?:size|shape|resolution|dimensions?|maps? (?:is|are|of)|images? (?:is|are)|is|are|become|becomes)\b[^.;]*?${SIDES}`,
  'i',
);
/** "The feature maps have a size of 4x4 after the second pooling". */
const BEFORE = new RegExp(
  String.raw`\b(?:maps?|size|shape|resolution|images?|output)\b[^.;]*?${SIDES}[^.;]*?\b(?:after|behind|following)\s+(?:the\s+)?(first|second|third|fourth|last|final)?\s*(${LAYER_NOUN})\b`,
  'i',
);
const FLATTENED = new RegExp(
  String.raw`\b(?:flatten\w*)\b[^.;]*?\b(?:gives?|yields?|has|have|of|to|into|with|produces?|is)\s+(?:a vector (?:of|with)\s+|a length of\s+|size\s+|(?:exactly\s+)?)?(${NUMBER})(?!\s*(?:x|\*))\b`,
  'i',
);
const NEGATED =
  /\b(?:no|not|never|should|would|wrong|instead|expects?|needs?|kernel|kernels|filters?|stride)\b|n't\b/i;

/** The sizes that tensors have on their way through the network. */
export const sizes: Topic = {
  *read(clause, facts) {
    if (!facts.hasSizes || NEGATED.test(clause.text)) return;
    for (const [pattern, isAfter] of [
      [AFTER, true],
      [BEFORE, false],
    ] as const) {
      const match = pattern.exec(clause.text);
      if (match === null) continue;
      const groups = match.slice(1);
      const [ordinal, words] = isAfter ? groups.slice(0, 2) : groups.slice(3, 5);
      const said = (isAfter ? groups.slice(2) : groups.slice(0, 3)).filter((side) => side !== undefined);
      const layer = layerMeant(ordinal, words ?? '', facts);
      const shape = layer === undefined ? undefined : shapeAfter(layer, facts);
      if (layer === undefined || shape === undefined || shape.length < 2) return;
      const fits = (sides: readonly number[]): boolean => said.every((side) => sides.includes(Number(side)));
      yield claimAt(
        clause,
        rangeOf(match),
        'shapes',
        judged(fits(shape) || (isSomewhere(facts, fits) ? undefined : false), clause.mood),
        `After ${layer.path === '' ? layer.operation : layer.path} the shape is [N, ${shape.join(', ')}].`,
        { code: layer.quote },
      );
      return;
    }
    const flattened = FLATTENED.exec(clause.text);
    const stated = flattened === null ? undefined : readNumber(flattened[1] ?? '');
    const flat = facts.layers.filter(({ operation }) => /^(?:flatten|view|reshape)$/i.test(operation));
    const [layer, ...others] = flat;
    if (flattened === null || stated === undefined || layer === undefined || others.length > 0) return;
    const shape = shapeAfter(layer, facts);
    if (shape?.length !== 1) return;
    yield claimAt(
      clause,
      rangeOf(flattened),
      'shapes',
      judged(
        shape[0] === stated.value ||
          (isSomewhere(facts, (sides) => sides.includes(stated.value)) ? undefined : false),
        clause.mood,
      ),
      `The flattened vector has ${shape[0]} numbers.`,
      { code: layer.quote },
    );
  },
};

/** The call that is meant: by its number among the calls of its kind, or the only one. */
function layerMeant(ordinal: string | undefined, words: string, facts: CodeFacts): LayerFact | undefined {
  const meant = layerSaid(words);
  if (meant === undefined) return undefined;
  const calls = facts.layers.filter((layer) => isMeant(meant, layer));
  const made = layersOf(facts, meant.kind).filter((layer) => isMeant(meant, layer));
  if (ordinal !== undefined) return atOrdinal(calls, ordinal);
  return calls.length === 1 && made.length === 1 ? calls[0] : undefined;
}

/** Whether any call gives such a shape: "after the convolution" may mean after the pooling that follows, too. */
function isSomewhere(facts: CodeFacts, fits: (shape: readonly number[]) => boolean): boolean {
  return facts.layers.some((layer) => fits(shapeAfter(layer, facts) ?? []));
}

/** What a call gives, without the batch. */
function shapeAfter({ node }: LayerFact, { network }: CodeFacts): readonly number[] | undefined {
  const call = network?.nodes.find((each) => each.id === node);
  if (call === undefined || !isCall(call) || call.error !== undefined) return undefined;
  const [tensor, ...others] = tensorsOf(call.result);
  return others.length > 0 ? undefined : tensor?.shape.slice(1);
}
