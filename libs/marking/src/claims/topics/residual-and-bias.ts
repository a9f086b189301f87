import { judged } from '../mood.js';
import { isWithout, polarityAt } from '../polarity.js';
import { layersOf, scopeOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

const RESIDUAL = /\b(?:residual|skip|shortcut)[ -]?(?:connections?|links?|blocks?|paths?)\b/gi;
const BIAS = /\bbias(?:es)?(?: terms?)?\b/gi;

/** What is no layer of its own: connections past layers, and biases. */
export const residualAndBias: Topic = {
  *read(clause, facts) {
    for (const match of clause.text.matchAll(RESIDUAL)) {
      const range = { start: match.index, end: match.index + match[0].length };
      const polarity = polarityAt(clause.text, range.start, range.end);
      if (polarity === undefined) continue;
      const there =
        facts.residual !== undefined
          ? true
          : facts.isWhole && !/\+|\b(?:add|cat|concat)\b|residual|shortcut/i.test(facts.text)
            ? false
            : undefined;
      let holds = there === undefined ? undefined : there === (polarity === 'present');
      if (
        holds === false &&
        polarity === 'absent' &&
        (isWithout(clause.text, range.start) ||
          /\b(?:between|around|after|in|over|across)\b/i.test(clause.text))
      )
        holds = undefined;
      const says =
        there === true
          ? 'A tensor is added to what was computed from it.'
          : there === false
            ? 'No addition joins a tensor with what was computed from it.'
            : 'Whether there is such a connection could not be told for sure.';
      yield claimAt(clause, range, 'residual', judged(holds, clause.mood), says, { code: facts.residual });
    }
    for (const match of clause.text.matchAll(BIAS)) {
      const range = { start: match.index, end: match.index + match[0].length };
      const polarity = polarityAt(clause.text, range.start, range.end);
      if (
        polarity === undefined ||
        !/\b(?:layer|conv|linear|fc|network|model|terms?|self\.)/i.test(clause.text) ||
        /\b(?:inductive|parameters?|weights|count\w*|high|statistical|variance|data|class|towards?)\b/i.test(
          clause.text,
        )
      )
        continue;
      const all = ['convolution', 'linear'].flatMap((kind) =>
        kind === 'linear' ? layersOf(facts, 'linear') : layersOf(facts, 'convolution'),
      );
      const scope = scopeOf(
        clause.text,
        facts,
        /\bconv/i.test(clause.text)
          ? 'convolution'
          : /\b(?:linear|fc|dense|fully)/i.test(clause.text)
            ? 'linear'
            : undefined,
      );
      const meant =
        scope.kind === 'named' || scope.kind === 'all' ? scope.layers : scope.kind === 'any' ? all : [];
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
