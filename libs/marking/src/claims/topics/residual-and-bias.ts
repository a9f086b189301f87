import type { Claim } from '../claim.js';
import type { Clause } from '../clauses.js';
import { lineWith, type CodeFacts } from '../facts.js';
import type { LayerFact, LayerKind } from '../layer-fact.js';
import { isMeant, layerSaid, stagesIn } from '../layer-words.js';
import { judged } from '../mood.js';
import { isWithout, polarityAt } from '../polarity.js';
import { layersOf, scopeOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const RESIDUAL = /\b(?:residual|skip|shortcut)[ -]?(?:connections?|links?|blocks?|paths?)\b/gi;
const SWITCHED_OFF = /^\s+(?:is|are)\s+(?:switched off|turned off|disabled|deactivated|set to false)\b/i;
const BIAS = /\bbias(?:es)?(?: terms?)?\b/gi;

/** What is no layer of its own: connections past layers, and biases. */
export const residualAndBias: Topic = {
  *read(clause, facts) {
    yield* skips(clause, facts);
    for (const match of clause.text.matchAll(BIAS)) {
      const range = { start: match.index, end: match.index + match[0].length };
      const polarity = SWITCHED_OFF.test(clause.text.slice(range.end))
        ? 'absent'
        : polarityAt(clause.text, range.start, range.end);
      if (
        polarity === undefined ||
        !/\b(?:layer|conv|linear|fc|network|model|terms?|self\.)/i.test(clause.text) ||
        /\b(?:inductive|parameters?|weights|count\w*|high|statistical|variance|data|class|towards?)\b/i.test(
          clause.text,
        )
      )
        continue;
      const scope = scopeOf(clause.text, facts, kindSaid(clause.text));
      const meant =
        scope.kind === 'named' || scope.kind === 'all'
          ? scope.layers
          : scope.kind === 'any'
            ? biasable(clause.text, facts)
            : [];
      const [first] = meant;
      const have = meant.filter(({ hasBias }) => hasBias).length;
      const wants = polarity === 'present';
      const holds =
        !facts.isWhole || first === undefined || (have > 0 && have < meant.length)
          ? undefined
          : have > 0 === wants;
      yield claimAt(
        clause,
        range,
        'bias',
        judged(holds, clause.mood),
        `${have} of the ${meant.length} layers meant have a bias.`,
        { code: first?.quote },
      );
    }
  },
};

/** The kind of layers with biases that a text names alone. */
function kindSaid(text: string): LayerKind | undefined {
  const [kind, ...others] = [...stagesIn(text)].filter((each) => each === 'convolution' || each === 'linear');
  return others.length > 0 ? undefined : kind;
}

/** Layers that may have a bias: those that a text names, or all. */
function biasable(text: string, facts: CodeFacts): readonly LayerFact[] {
  const all = [...layersOf(facts, 'convolution'), ...layersOf(facts, 'linear')];
  const words = layerSaid(text);
  const named = words === undefined ? [] : all.filter((layer) => isMeant(words, layer));
  return named.length > 0 ? named : all;
}

/** How a program joins what goes past its layers with what went through them. */
const JOINED = /\b(?:skip|residual|shortcut)\b[^.;]*?\b(concatenat\w*|add(?:s|ed|ition)?|sum(?:s|med)?)\b/i;
const CONCATENATES = /\b(?:torch\.cat|concat\w*|Concatenate)\s*\(/i;

function* skips(clause: Clause, facts: CodeFacts): Generator<Claim> {
  const cat = facts.layers.find(
    ({ operation, inputs }) => /^(?:cat|concat\w*)$/i.test(operation) && inputs.length > 1,
  );
  const concatenated = cat?.quote ?? facts.quote(lineWith(facts.text, CONCATENATES));
  const joined = JOINED.exec(clause.text);
  if (joined !== null && !/\b(?:no|not|never|without|missing|should)\b|n't/i.test(clause.text)) {
    const isCat = /^concat/i.test(joined[1] ?? '');
    const [own, other] = isCat ? [concatenated, facts.residual] : [facts.residual, concatenated];
    const isSure = facts.isWhole && facts.isTraced;
    yield claimAt(
      clause,
      rangeOf(joined),
      'residual',
      judged(own !== undefined ? true : other !== undefined && isSure ? false : undefined, clause.mood),
      own !== undefined
        ? `The code joins them so: ${own.text}`
        : `The code joins them in another way: ${other?.text ?? 'none was found'}`,
      { code: own ?? other },
    );
    return;
  }
  for (const match of clause.text.matchAll(RESIDUAL)) {
    const range = rangeOf(match);
    const polarity = polarityAt(clause.text, range.start, range.end);
    if (polarity === undefined) continue;
    const code = facts.residual ?? (/\bskip/i.test(match[0]) ? concatenated : undefined);
    const isNone = facts.isWhole && !/\+|\b(?:add|cat|concat\w*)\b|residual|shortcut/i.test(facts.text);
    const there = code !== undefined ? true : isNone ? false : undefined;
    let holds = there === undefined ? undefined : there === (polarity === 'present');
    const isOfAPlace =
      isWithout(clause.text, range.start) || /\b(?:between|around|after|in|over|across)\b/i.test(clause.text);
    if (holds === false && polarity === 'absent' && isOfAPlace) holds = undefined;
    const says =
      there === true
        ? 'A tensor is joined with what was computed from it.'
        : there === false
          ? 'Nothing joins a tensor with what was computed from it.'
          : 'Whether there is such a connection could not be told for sure.';
    yield claimAt(clause, range, 'residual', judged(holds, clause.mood), says, { code });
  }
}
