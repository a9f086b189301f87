import type { CodeFacts } from '../facts.js';
import type { LayerFact } from '../layer-fact.js';
import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const ACTIVATION = String.raw`(softmax|log[- _]?softmax|sigmoid|tanh|leaky[- ]?relu|relu|gelu|linear(?: activation)?(?! (?:layer|unit|function of))|activation(?: function)?)`;
/** At the end of a network: "ends in a tanh", "the output layer uses softmax", "no sigmoid at its output". */
const AT_THE_END: readonly RegExp[] = [
  new RegExp(String.raw`\bends? (?:in|with|on)\s+(?:an?\s+|the\s+)?(?:final\s+)?${ACTIVATION}`, 'i'),
  new RegExp(
    String.raw`\b(?:output|last|final) (?:layer|unit|dense layer|linear layer|neuron)s?\b\s+(?:(?:is|are|of the (?:network|model))\s+)?(?:uses?|has|have|with|applies|employs|followed by|activated (?:by|with)|is|lacks|misses)\s+(?:also\s+)?(no\s+)?(?:an?\s+|the\s+)?${ACTIVATION}`,
    'i',
  ),
  new RegExp(
    String.raw`\b(no\s+|without\s+(?:an?\s+)?|lacks\s+(?:an?\s+)?)?${ACTIVATION}\s+(?:activation\s+)?(?:is (?:used |applied )?)?(?:at|on|in|after|for)\s+(?:the\s+|its\s+)?(?:very\s+)?(?:end|output(?: layer)?|(?:last|final) layer)\b`,
    'i',
  ),
];
/** What a network gives: probabilities, or what is not bent into any. */
const GIVEN =
  /\b(?:network|model|net|it|forward(?: (?:method|pass|function))?|(?:output|last|final) layer|classifier|head)\s+(?:directly\s+)?(?:returns?|outputs?|gives?|produces?|yields?|predicts?)\s+(?:the\s+)?(?:class\s+)?(probabilit(?:y|ies)|(?:raw )?logits|raw (?:scores|outputs|values)|unnormali[sz]ed scores)\b/i;
const TURNED = /\b(?:not|never|nor|neither|missing|instead|where|should|but|only|wrong|second)\b|n't\b/i;
const HIDDEN = new RegExp(
  String.raw`\bhidden (?:\w+ )?layers?\b[^.,;]*?\b(?:is|uses?|have|has|with|are|activated by|activated with)\s+(?:an?\s+|the\s+)?${ACTIVATION}|\bactivation(?: function)?s? (?:of|in|for) (?:the |all )?hidden (?:\w+ )?layers?\s+(?:is|are)\s+(?:an?\s+|the\s+)?${ACTIVATION}|${ACTIVATION}\s+(?:activations?\s+)?(?:is|are)\s+used\s+(?:in|for|after)\s+(?:the |all |each of the )?hidden`,
  'i',
);

/** Which activation stands at the end of a network, and which one between its layers. */
export const outputActivation: Topic = {
  *read(clause, facts) {
    if (!facts.isTraced || TURNED.test(clause.text)) return;
    const hidden = HIDDEN.exec(clause.text);
    if (hidden !== null) {
      const said = hidden.slice(1).find((group) => group !== undefined) ?? '';
      const inner = facts.layers.filter(
        (layer, index) => layer.kind === 'activation' && index < facts.layers.length - 1,
      );
      const fits = inner.map((layer) => isSaid(said, layer));
      const holds =
        inner.length === 0 || /^(?:linear )?activation/i.test(said)
          ? undefined
          : fits.every(Boolean)
            ? true
            : fits.some(Boolean)
              ? undefined
              : false;
      yield claimAt(
        clause,
        { start: hidden.index, end: hidden.index + hidden[0].length },
        'activation',
        judged(holds, clause.mood),
        `Within the network there is ${[...new Set(inner.map(({ operation }) => operation))].join(', ') || 'no activation'}.`,
        { code: inner[0]?.quote },
      );
      return;
    }
    const given = GIVEN.exec(clause.text);
    const end = given === null ? undefined : lastOf(facts);
    if (given !== null && end !== undefined) {
      const isScores = /^(?:raw|logits|scores|unnormali)/i.test(given[1] ?? '');
      const isSquashed = end.kind === 'softmax' || /sigmoid/i.test(end.operation);
      // A log-softmax gives neither, and scores that something else bends are neither, too.
      const isPlain = end.kind === 'linear' || end.kind === 'convolution';
      const holds = isScores
        ? isPlain
          ? true
          : isSquashed
            ? false
            : undefined
        : /log/i.test(end.operation)
          ? undefined
          : isSquashed
            ? true
            : isPlain
              ? false
              : undefined;
      yield claimAt(clause, rangeOf(given), 'activation', judged(holds, clause.mood), endSays(end), {
        code: end.quote,
      });
      return;
    }
    for (const [index, pattern] of AT_THE_END.entries()) {
      const match = pattern.exec(clause.text);
      if (match === null) continue;
      const [, first = '', second = ''] = match;
      const [no, said] = index === 0 ? ['', first] : [first, second];
      const last = lastOf(facts);
      if (last === undefined) return;
      const isPlain = /^activation/i.test(said) || /^linear/i.test(said);
      const is = isPlain ? last.kind === 'activation' || last.kind === 'softmax' : isSaid(said, last);
      const lacks = no.trim() !== '' || /\b(?:lacks|misses)\b/i.test(match[0]);
      const wanted = /^linear/i.test(said) ? false : !lacks;
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        /softmax/i.test(said) ? 'softmax' : 'activation',
        judged(is === wanted, clause.mood),
        endSays(last),
        { code: last.quote },
      );
      return;
    }
  },
};

function endSays({ kind, operation }: LayerFact): string {
  return kind === 'activation' || kind === 'softmax'
    ? `The network ends in ${operation}.`
    : 'No activation stands at the end of the network.';
}

/** The last thing that is computed, passing by what only lays it out anew; undefined where that is not one. */
function lastOf({ layers }: CodeFacts): LayerFact | undefined {
  const used = new Set(layers.flatMap(({ inputs }) => inputs));
  const ends = layers.filter(({ node }) => !used.has(node));
  const [end, ...others] = ends;
  let last = others.length === 0 ? end : undefined;
  while (
    last !== undefined &&
    /^(?:squeeze|view|reshape|flatten|unsqueeze|permute|transpose)$/i.test(last.operation)
  ) {
    const [input] = last.inputs;
    last = layers.find(({ node }) => node === input);
  }
  return last;
}

function isSaid(said: string, { operation }: LayerFact): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  return plain(operation) === plain(said);
}
