import type { CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { comparisonBefore, holdsOf, NUMBER, readNumber } from '../numbers.js';
import { parametersBelow } from '../parameters.js';
import { stagesIn } from '../layer-words.js';
import { layersOf, scopeOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

const PARAMETERS = new RegExp(
  String.raw`(${NUMBER})\s+(?:(?:trainable|learnable|total|learned|free)\s+)*(?:parameters|params|weights)\b|\b(?:number of|total)\s+(?:trainable\s+)?(?:parameters|params)\s*(?:is|=|of|:|comes to|amounts to)\s*(?:about|around|roughly|approximately)?\s*(${NUMBER})`,
  'gi',
);
const OUTPUT = new RegExp(
  String.raw`\b(?:outputs?|output size|output shape|output dimension)(?: of the (?:network|model))?(?:\s+(?:is|has|of|are))?(?:\s+(?:size|a vector of|of size|dimension))?\s*[=:]?\s*(${NUMBER})(?:\s+(?:classes|logits|values|scores|numbers|units|neurons|outputs?|value|score|number))?(?!\s*(?:x|\*)\s*\d)(?!\s+(?:\w+\s+)?(?:for (?:each|every|all)|per)\b(?!\s+(?:image|input|example|sample|picture)))(?!\w)`,
  'gi',
);

const CLASSES = new RegExp(String.raw`(${NUMBER})\s+(?:output\s+)?(?:classes|outputs|logits)\b`, 'gi');

const CHANNELS = new RegExp(
  String.raw`\boutputs?\b[^.,;]{0,20}?\b(?:has|have|is|of|with)\s+(a single|single|${NUMBER})(?:[ -]output)?[ -]channels?\b`,
  'gi',
);

/** Whole numbers of the network: parameters and output. */
export const totals: Topic = {
  *read(clause, facts) {
    for (const match of clause.text.matchAll(PARAMETERS)) {
      const written = match[1] ?? match[2] ?? '';
      const stated = readNumber(written);
      if (stated === undefined || stated.value < 13) continue;
      const at = match.index + match[0].indexOf(written);
      const how = comparisonBefore(clause.text.slice(0, at));
      const isReckoned = /\b(?:times|most|half|of the|of its|share)\b|\bmultipl|[*·+=]|\d\s*x\s*\d/i.test(
        clause.text,
      );
      const { holds, says } = parametersHold(stated, how, clause.text, facts);
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'parameters',
        judged(holds === false && isReckoned ? undefined : holds, clause.mood),
        says,
      );
    }
    for (const match of clause.text.matchAll(CLASSES)) {
      const stated = readNumber(match[1] ?? '');
      const { output } = facts;
      // Of the data there may be more or fewer classes than the network has outputs.
      if (stated === undefined || output?.length !== 1 || output[0] !== stated.value) continue;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'output-size',
        judged(true, clause.mood),
        `The output is [N, ${output.join(', ')}].`,
        { code: facts.layers.at(-1)?.quote },
      );
    }
    for (const match of clause.text.matchAll(CHANNELS)) {
      const stated = readNumber(match[1] ?? '');
      const { output } = facts;
      if (stated === undefined || output?.length !== 3) continue;
      // Channels as PyTorch lays them out: those of Keras, which come last, are not looked at.
      const fits = output[0] === stated.value;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'output-size',
        judged(fits ? true : undefined, clause.mood),
        `The output is [N, ${output.join(', ')}].`,
        { code: facts.layers.at(-1)?.quote },
      );
    }
    for (const match of clause.text.matchAll(OUTPUT)) {
      const stated = readNumber(match[1] ?? '');
      if (stated === undefined) continue;
      const { output } = facts;
      const narrowed =
        /\b(?:conv\w*|pool\w*|fc\w*|layer|block|first|second|hidden|flatten\w*|loss|channels?|map)\b/i.test(
          clause.text,
        );
      const width = output?.length === 1 ? output[0] : undefined;
      const fits = width === stated.value;
      const holds =
        width === undefined || (narrowed && !fits) || /\bnot\b|n't|\bno\b/i.test(clause.text)
          ? undefined
          : fits;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'output-size',
        judged(holds, clause.mood),
        output === undefined
          ? 'The output could not be told for sure.'
          : `The output is [N, ${output.join(', ')}].`,
        { code: facts.layers.at(-1)?.quote },
      );
    }
  },
};

function parametersHold(
  stated: Parameters<typeof holdsOf>[0],
  how: Parameters<typeof holdsOf>[1],
  text: string,
  { network, parameters, ...facts }: CodeFacts,
): { readonly holds: boolean | undefined; readonly says: string } {
  if (network === undefined || parameters === undefined)
    return { holds: undefined, says: 'The parameters could not be counted for sure.' };
  const whole = [parameters.all, parameters.withoutBias].map(Number);
  const says = `The network has ${parameters.all.toLocaleString('en-GB')} parameters.`;
  const isPart =
    /\b(?:layer|block|conv\w*|linear|fc\w*|classifier|head|embeddings?|lstm|gru|rnn|recurrent|first|second|third|last|final|each|per|every|alone|in the|of which|kernel|filter|bias\w*)\b/i.test(
      text.replace(/\bin the (?:network|model|code)\b/gi, ''),
    );
  if (!isPart) {
    const held = whole.map((count) => holdsOf(stated, how, count));
    if (held.includes(true)) return { holds: true, says };
    return { holds: held.every((each) => each === false) ? false : undefined, says };
  }
  const scope = scopeOf(text, { network, parameters, ...facts }, undefined);
  const paths =
    scope.kind === 'named'
      ? scope.layers.map(({ path }) => path)
      : scope.kind === 'unknown'
        ? []
        : onlyOne(text, { network, parameters, ...facts });
  const [path, ...others] = paths;
  if (path === undefined || path === '' || others.length > 0)
    return { holds: undefined, says: `${says} Which part is meant could not be told for sure.` };
  const own = parametersBelow(network, path);
  const held = [own.all, own.withoutBias].map((count) => holdsOf(stated, how, Number(count)));
  const partSays = `${path} has ${own.all.toLocaleString('en-GB')} parameters.`;
  if (held.includes(true)) return { holds: true, says: partSays };
  return { holds: held.every((each) => each === false) ? false : undefined, says: partSays };
}

/** "The linear layer" where there is one alone. */
function onlyOne(text: string, facts: CodeFacts): string[] {
  const [kind, ...others] = stagesIn(text);
  if (kind === undefined || others.length > 0 || /\b(?:and|plus)\b/i.test(text)) return [];
  const layers = layersOf(facts, kind);
  return layers.length === 1 ? layers.map(({ path }) => path) : [];
}
