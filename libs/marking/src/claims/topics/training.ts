import { numberOf } from '@tensormark/frameworks';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf } from '../numbers.js';
import { claimAt, type Topic } from '../topic.js';

const RATE =
  /\b(?:learning[ -]?rate|lr)\s*(?:is|of|=|is set to|:)?\s*(?:about\s+)?(\d*\.\d+|\d+e-?\d+|\d+)\b(?!\s?%)/gi;
const BATCH = /\bbatch[ _-]?size\s*(?:is|of|=|is set to|:)?\s*(\d+)\b|\bbatches of (\d+)\b/gi;
const OPTIMISERS = /\b(adamw|adam|sgd|rmsprop|adagrad|adadelta|lbfgs)\b/gi;

/** Settings of the training: learning rate, batch size, optimiser. */
export const training: Topic = {
  *read(clause, { program, quote }) {
    if (program === undefined || program.cutShort) return;
    const negated = /\b(?:not|no|never|instead|rather)\b|n't/i.test(clause.text);
    const [optimiser, ...others] = program.optimizers;
    if (optimiser !== undefined && others.length === 0) {
      const code = quote(optimiser.made.span?.place.line);
      for (const match of clause.text.matchAll(RATE)) {
        const rate = numberOf(optimiser.named.get('lr'));
        const stated = Number(match[1]);
        const holds =
          rate === undefined || negated || !Number.isFinite(stated)
            ? undefined
            : holdsOf({ value: stated, half: 0 }, comparisonBefore(clause.text.slice(0, match.index)), rate);
        yield claimAt(
          clause,
          { start: match.index, end: match.index + match[0].length },
          'learning-rate',
          judged(holds, clause.mood),
          rate === undefined
            ? 'The learning rate could not be told for sure.'
            : `The learning rate is ${rate}.`,
          { code },
        );
      }
      for (const match of clause.text.matchAll(OPTIMISERS)) {
        if (!/\b(?:uses?|used|using|with|by|is|optimi[sz]er)\b/i.test(clause.text) || negated) continue;
        const same = optimiser.type.toLowerCase() === (match[1] ?? '').toLowerCase();
        const isChoice =
          /\b(?:optimi[sz]er is|uses|uses the|trained with|optimi[sz]ed with)\s+(?:an?\s+|the\s+)?$/i.test(
            clause.text.slice(0, match.index),
          );
        yield claimAt(
          clause,
          { start: match.index, end: match.index + match[0].length },
          'optimiser',
          judged(same ? true : isChoice ? false : undefined, clause.mood),
          `The optimiser is ${optimiser.type}.`,
          { code },
        );
      }
    }
    const sizes = program.loaders.map(({ batchSize }) => batchSize);
    const [loader] = program.loaders;
    for (const match of clause.text.matchAll(BATCH)) {
      const stated = Number(match[1] ?? match[2]);
      const known = sizes.length > 0 && sizes.every((size) => size !== undefined);
      const holds =
        !known || negated
          ? undefined
          : sizes.includes(stated)
            ? true
            : new Set(sizes).size === 1
              ? false
              : undefined;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'batch-size',
        judged(holds, clause.mood),
        known
          ? `The batch size is ${[...new Set(sizes)].join(' or ')}.`
          : 'The batch size could not be told for sure.',
        { code: quote(loader?.made.span?.place.line) },
      );
    }
  },
};
