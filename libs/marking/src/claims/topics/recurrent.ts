import type { CodeFacts } from '../facts.js';
import type { LayerFact } from '../layer-fact.js';
import { judged } from '../mood.js';
import { polarityAt } from '../polarity.js';
import { layersOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

/** A yes or no that recurrent layers are made with, and how answers put it. */
interface Flag {
  readonly argument: string;
  readonly words: RegExp;
  readonly yes: RegExp;
  readonly no: RegExp;
  says(is: boolean): string;
}

const FLAGS: readonly Flag[] = [
  {
    argument: 'bidirectional',
    words: /\bbi-?directional(?: (?:lstms?|grus?|rnns?|layers?))?\b/i,
    yes: /\b(?:is|are)\s+(?:also |indeed )?(?:a )?bi-?directional\b|\bbidirectional\s*(?:=|is|is set to|set to)\s*true\b|\breads? (?:\w+ ){0,4}in both directions\b/i,
    no: /\b(?:is|are)(?: not|n't)\s+(?:a )?bi-?directional\b|\bbidirectional\s*(?:=|is|is set to|set to)\s*false\b|\buni-?directional\b|\bonly (?:reads|runs|goes|works) (?:\w+ ){0,3}(?:forwards?|in one direction|left to right)\b/i,
    says: (is) => `The recurrent layer is ${is ? 'bidirectional' : 'not bidirectional'}.`,
  },
  {
    argument: 'batch_first',
    words: /\bbatch_first(?:\s*=\s*true)?\b/i,
    yes: /\bbatch_first\s*(?:=|is|is set to|set to)\s*true\b/i,
    no: /\bbatch_first\s*(?:=|is|is set to|set to)\s*false\b|\bbatch_first\b[^.]*\b(?:is(?: not|n't)|never) set\b/i,
    says: (is) => `batch_first is ${is ? 'True' : 'False'}.`,
  },
];

const KIND =
  /\b(?:recurrent (?:layer|part|network|unit)|rnn(?: layer)?) (?:is|used is) (?:an? |the )?(lstm|gru|plain rnn)\b/i;

/** How recurrent layers are made: in both directions, and with the batch first. */
export const recurrent: Topic = {
  *read(clause, facts) {
    const layers = layersOf(facts, 'recurrence');
    const [layer] = layers;
    if (layer === undefined) return;
    const kind = KIND.exec(clause.text);
    if (kind !== null && !/\b(?:not|never|no|instead|rather|better)\b|n't/i.test(clause.text)) {
      const types = new Set(layers.map(({ operation }) => operation.toLowerCase().replace(/cell$/, '')));
      const [type] = types;
      const said = (kind[1] ?? '').toLowerCase();
      const holds = types.size === 1 ? type === (said === 'plain rnn' ? 'rnn' : said) : undefined;
      yield claimAt(
        clause,
        { start: kind.index, end: kind.index + kind[0].length },
        'recurrence',
        judged(holds, clause.mood),
        `The recurrent layer is of the type ${layer.operation}.`,
        { code: layer.quote },
      );
    }
    for (const flag of FLAGS) {
      const is = valueOf(layers, flag.argument, facts);
      const match = flag.no.exec(clause.text) ?? flag.yes.exec(clause.text) ?? flag.words.exec(clause.text);
      if (match === null) continue;
      const range = { start: match.index, end: match.index + match[0].length };
      const says = is === undefined ? 'It is not the same of all recurrent layers.' : flag.says(is);
      const also = { code: layer.quote };
      if (clause.mood === 'suggested') {
        if (is === false && !/\b(?:not|no|without|remov\w+|drop)\b|n't/i.test(clause.text))
          yield claimAt(clause, range, 'recurrence', 'supported', `It is asked for. ${says}`, also);
        continue;
      }
      const said = flag.no.test(clause.text)
        ? false
        : flag.yes.test(clause.text) &&
            !/\b(?:not|never|no|without|lacks?|lacking|missing|omit\w*|forg[eo]t\w*)\b|n't/i.test(clause.text)
          ? true
          : polarityOf(clause.text, range);
      if (said === undefined) continue;
      const holds = is === undefined ? undefined : is === said;
      yield claimAt(clause, range, 'recurrence', judged(holds, clause.mood), says, also);
    }
  },
};

function polarityOf(text: string, { start, end }: { start: number; end: number }): boolean | undefined {
  const polarity = polarityAt(text, start, end);
  return polarity === undefined ? undefined : polarity === 'present';
}

/** What all recurrent layers have of it; undefined where they differ or it is not known. */
function valueOf(layers: readonly LayerFact[], argument: string, { text }: CodeFacts): boolean | undefined {
  // A wrapper makes a layer of Keras bidirectional.
  if (argument === 'bidirectional' && /\bkeras\b/.test(text))
    return /Bidirectional\(/.test(text) ? undefined : false;
  const values = new Set(layers.map(({ config }) => config?.[argument]));
  const [value] = values;
  return values.size === 1 && typeof value === 'boolean' ? value : undefined;
}
