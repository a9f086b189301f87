import { numbersOf } from '../layer-fact.js';
import { judged } from '../mood.js';
import { layersOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const TAKES = String.raw`\b(?:expects?|takes?|accepts?|requires?|processes|works? (?:on|with)|handles?|(?:made|built|designed|meant) for|inputs? (?:is|are|has|have)|images? (?:is|are|has|have))\b[^.]{0,40}?`;
const COLOUR = new RegExp(
  String.raw`${TAKES}\b(?:rgb|colou?r(?:ed)?\b(?: images?)?|(?:three|3) (?:input )?channels?)`,
  'i',
);
const GREY = new RegExp(
  String.raw`${TAKES}\b(?:gr[ae]y(?:[ -]?scale)?|black and white|monochrome|(?:one|1|a single) (?:input )?channels?|single[ -]channel)`,
  'i',
);

/** Whether a network of convolutions takes colour or grey images. */
export const channels: Topic = {
  *read(clause, facts) {
    const [first] = layersOf(facts, 'convolution');
    const [taken] = first === undefined ? [] : (numbersOf(first, 'in_channels') ?? []);
    if (first === undefined || taken === undefined) return;
    for (const [pattern, wanted] of [
      [COLOUR, 3],
      [GREY, 1],
    ] as const) {
      const match = pattern.exec(clause.text);
      if (match === null || /\b(?:not|no|never|cannot|only if|instead)\b|n't/i.test(clause.text)) continue;
      yield claimAt(
        clause,
        rangeOf(match),
        'input-channels',
        judged(facts.isWhole ? taken === wanted : undefined, clause.mood),
        `The first convolution takes ${taken} ${taken === 1 ? 'channel' : 'channels'}.`,
        { code: first.quote },
      );
    }
  },
};
