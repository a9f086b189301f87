import type { Subject } from '../claim.js';
import { type CodeFacts } from '../facts.js';
import { numbersOf, type LayerFact, type LayerKind } from '../layer-fact.js';
import { judged } from '../mood.js';
import {
  comparisonBefore,
  holdsOf,
  NUMBER,
  readNumber,
  type Comparison,
  type WrittenNumber,
} from '../numbers.js';
import { stagesIn } from '../layer-words.js';
import { layersOf, scopeOf, type Scope } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

/** A number that layers are made with, and how answers write it; the first group of a pattern is the number. */
interface Setting {
  readonly subject: Subject;
  readonly argument: string;
  readonly kinds: readonly LayerKind[];
  readonly patterns: readonly RegExp[];
}

const N = `(${NUMBER})`;
const SQUARE = String.raw`(\d+)\s*(?:x|\*|by|\\times)\s*\d+`;

const SETTINGS: readonly Setting[] = [
  {
    subject: 'filters',
    argument: 'out_channels',
    kinds: ['convolution'],
    patterns: [
      new RegExp(
        String.raw`(?<![\dx*.]\s?)${N}\s+(?:convolution(?:al)?\s+|conv\s+|different\s+|learned\s+)?(?:filters|feature maps|output channels)\b`,
        'gi',
      ),
      new RegExp(
        String.raw`\b(?:number of (?:filters|output channels|feature maps)|out_channels|filter count)\s*(?:=|is|are|of|being|:)\s*${N}(?!\s*(?:x|\*)\s*\d)`,
        'gi',
      ),
      new RegExp(String.raw`\bfilters\s*\(\s*${N}(?=[\s)])(?!\s*(?:x|\*)\s*\d)`, 'gi'),
    ],
  },
  {
    subject: 'kernel-size',
    argument: 'kernel_size',
    kinds: ['convolution'],
    patterns: [
      new RegExp(
        String.raw`\b${SQUARE}\s+(?:conv(?:olution)?(?:al)?s?\s+)?(?:kernels?|filters?|conv(?:olution)?s?)\b`,
        'gi',
      ),
      new RegExp(
        String.raw`\b(?:kernels?|filters)(?:\s+size)?(?:\s+(?:of|is|are)(?:\s+of)?(?:\s+(?:size|only))?|\s*=)\s*${SQUARE}`,
        'gi',
      ),
      new RegExp(
        String.raw`\bkernel(?:\s+|_)?(?:size)?(?:\s+(?:of|is)(?:\s+size)?|\s*=)\s*(\d+)(?!\s*(?:x|\*|by)\s*\d|\d|\.\d)`,
        'gi',
      ),
    ],
  },
  {
    subject: 'stride',
    argument: 'stride',
    kinds: ['convolution'],
    patterns: [new RegExp(String.raw`\bstrides?\s*(?:of|is|=|is set to|are)?\s*(\d+)\b`, 'gi')],
  },
  {
    subject: 'padding',
    argument: 'padding',
    kinds: ['convolution'],
    patterns: [new RegExp(String.raw`\bpadding\s*(?:of|is|=|is set to)\s*(\d+)\b`, 'gi')],
  },
  {
    subject: 'units',
    argument: 'out_features',
    kinds: ['linear'],
    patterns: [
      new RegExp(String.raw`${N}\s+(?:hidden\s+|output\s+)?(?:neurons|units)\b`, 'gi'),
      new RegExp(String.raw`\bout_features\s*(?:=|is|of|:)\s*(\d+)\b`, 'gi'),
    ],
  },
  {
    subject: 'units',
    argument: 'in_features',
    kinds: ['linear'],
    patterns: [
      new RegExp(String.raw`\bin_features\s*(?:=|is|of|:)\s*(\d+)\b`, 'gi'),
      new RegExp(
        String.raw`\b(?:has|with|takes|expects)\s+${N}\s+(?:input features|inputs|incoming features)\b`,
        'gi',
      ),
    ],
  },
  {
    subject: 'units',
    argument: 'hidden_size',
    kinds: ['recurrence'],
    patterns: [
      new RegExp(
        String.raw`\bhidden(?:\s+|_)(?:size|dim(?:ension)?|state size|units)(?:\s+(?:of|in) (?:the|each) \w+)?\s*(?:=|is|of|is set to|:)\s*${N}`,
        'gi',
      ),
      new RegExp(String.raw`${N}\s+hidden units\b`, 'gi'),
    ],
  },
  {
    subject: 'recurrence',
    argument: 'num_layers',
    kinds: ['recurrence'],
    patterns: [
      new RegExp(String.raw`\b(?:lstm|gru|rnn)\s+(?:has|with|of)\s+${N}\s+(?:stacked )?layers?\b`, 'gi'),
      new RegExp(String.raw`${N}[- ](?:layer|stacked)\s+(?:lstm|gru|rnn)s?\b`, 'gi'),
      /\b(?:lstm|gru|rnn)\s+(?:has|with|of|consists of|uses)\s+(?:only\s+|just\s+)?(a single|one)\s+layer\b/gi,
      /\b(a single|only one|just one)\s+(?:lstm|gru|rnn|recurrent)\s+layer\b/gi,
      /\b(a single|single|one)[- ]layer(?:ed)?\s+(?:\w+ )?(?:lstm|gru|rnn)\b/gi,
      new RegExp(String.raw`\bnum_layers\s*(?:=|is|is set to|of)\s*${N}`, 'gi'),
    ],
  },
  {
    subject: 'embedding',
    argument: 'embedding_dim',
    kinds: ['embedding'],
    patterns: [
      new RegExp(
        String.raw`\bembedding(?:s| layer)?(?:\s+(?:has|have|with|of|dim(?:ension)?s?|size|vectors?))*\s*(?:=|is|are|of)?\s*${N}(?![\d,]*\d)(?!\s+(?:(?:trainable|learnable|total|learned|free)\s+)*(?:parameters|params|weights|words|entries|rows|tokens))(?:[ -]?dim\w*)?`,
        'gi',
      ),
      new RegExp(String.raw`${N}[ -]dimensional (?:word )?(?:embeddings?|vectors)\b`, 'gi'),
    ],
  },
  {
    subject: 'embedding',
    argument: 'num_embeddings',
    kinds: ['embedding'],
    patterns: [
      new RegExp(
        String.raw`\bvocab(?:ulary)?(?:\s+size)?\s*(?:=|is|of|has|contains|is set to|consists of)\s*(?:size\s+)?${N}`,
        'gi',
      ),
    ],
  },
  {
    subject: 'activation',
    argument: 'negative_slope',
    kinds: ['activation'],
    patterns: [/\b(?:negative )?slope\s*(?:of|is|=)\s*(0?\.\d+)/gi],
  },
  {
    subject: 'dropout-rate',
    argument: 'p',
    kinds: ['dropout'],
    patterns: [
      /\bdropout(?:\s+layers?)?(?:\s+(?:rate|probability|ratio))?\s*(?:of|is|=|\(|with (?:p|rate|a (?:rate|probability) of))\s*(?:p\s*=\s*)?((?:0?\.\d+|\d{1,2}\s?%))/gi,
    ],
  },
];

/** Only what the network is said to have can be wrong of it; that so many are plenty is a judgement. */
const OWNS = /\b(?:has|have|uses?|contains?|there (?:is|are)|is|are|set to)\b|=/i;
/** That it is so everywhere. */
const OF_ALL = /\b(?:the same|throughout|everywhere)\b/i;
const JUDGES = /\b(?:plenty|enough|suffic\w+|suffice|reasonable|better|fine)\b/i;

/** Numbers that layers are made with: filters, kernels, strides, units, rates. */
export const settings: Topic = {
  *read(clause, facts) {
    for (const setting of SETTINGS) {
      for (const pattern of setting.patterns) {
        for (const match of clause.text.matchAll(pattern)) {
          const written = match[1] ?? '';
          const stated = asNumber(written);
          if (stated === undefined) continue;
          const at = match.index + match[0].indexOf(written);
          const how = comparisonBefore(clause.text.slice(0, at));
          const said = clause.text.slice(0, match.index + match[0].length);
          const isPlain = OWNS.test(said) && !JUDGES.test(clause.text);
          const about = scopeFor(clause.text, match.index, facts, setting);
          const { holds, says, layer } = hold(
            setting,
            stated,
            how,
            about,
            facts,
            isPlain,
            OF_ALL.test(clause.text),
          );
          // Of "64 and 32 neurons" each is of one of the layers.
          const isListed = /\d\s*(?:,|and|or)\s*(?:and\s+)?$/i.test(clause.text.slice(0, at));
          const isOfOther = isListed || speaksOfOther(clause.text, setting);
          const negated =
            /\b(?:not|n't|no|never|instead|wrong|than|to)\s+(?:a\s+|have\s+|use\s+)?$|n't\s+(?:have|use)\s+$/i.test(
              clause.text.slice(0, match.index),
            );
          yield claimAt(
            clause,
            { start: match.index, end: match.index + match[0].length },
            setting.subject,
            judged(negated || (holds === false && isOfOther) ? undefined : holds, clause.mood),
            says,
            { code: layer?.quote },
          );
        }
      }
    }
  },
};

/** Whether a clause names layers, and none of those that have the setting. */
function speaksOfOther(text: string, { kinds }: Setting): boolean {
  const named = stagesIn(text.replace(/\bhidden layers?\b/gi, 'dense'));
  const isOfPooling = named.has('pooling') && kinds.includes('convolution');
  return isOfPooling || (named.size > 0 && !kinds.some((kind) => named.has(kind)));
}

function asNumber(written: string): WrittenNumber | undefined {
  if (!written.includes('%')) return readNumber(written.startsWith('.') ? `0${written}` : written);
  const percent = Number.parseFloat(written);
  return Number.isFinite(percent) ? { value: percent / 100, half: 0 } : undefined;
}

/** The layers meant: those named nearest before the number, else nearest after it, in the same clause. */
function scopeFor(written: string, at: number, facts: CodeFacts, { kinds }: Setting): Scope {
  const [kind] = kinds;
  // The size of a hidden state is no hidden layer.
  const text = written.replace(/\bhidden(?=[\s_](?:size|dim|state|units))/gi, (word) =>
    ' '.repeat(word.length),
  );
  const all = scopeOf(text, facts, kind);
  if (all.kind !== 'named' || all.layers.length === 1) return all;
  const before = scopeOf(text.slice(0, at), facts, kind);
  if (before.kind === 'named' && before.layers.length === 1) return before;
  return { kind: 'unknown' };
}

/** Whether a number is one that any layer is made with, or that the code names at all. */
function isMadeWith(value: number, { layers, text }: CodeFacts): boolean {
  return (
    new RegExp(String.raw`(?<![\d.])${value}(?![\d.])`).test(text) ||
    /\b(?:cat|concat\w*|Concatenate)\(/.test(text) ||
    layers.some(({ config }) => Object.values(config ?? {}).some((each) => String(each) === String(value)))
  );
}

interface Held {
  readonly holds: boolean | undefined;
  readonly says: string;
  readonly layer?: LayerFact | undefined;
}

function hold(
  { argument, kinds }: Setting,
  stated: WrittenNumber,
  how: Comparison,
  scope: Scope,
  facts: CodeFacts,
  isPlain: boolean,
  isOfAll: boolean,
): Held {
  const ofKind = kinds.flatMap((kind) => layersOf(facts, kind));
  const meant =
    scope.kind === 'named' || scope.kind === 'all'
      ? scope.layers.filter(({ kind }) => kinds.includes(kind))
      : ofKind;
  const known = meant.map((layer) => ({ layer, numbers: numbersOf(layer, argument) }));
  const [first] = known;
  if (first === undefined) return { holds: undefined, says: 'No layer was found that has this setting.' };
  if (known.some(({ numbers }) => numbers === undefined || numbers.length === 0))
    return { holds: undefined, says: `The ${argument} is not known of every layer.` };
  const fits = (numbers: readonly number[] | undefined): boolean | undefined => {
    const results = (numbers ?? []).map((number) => holdsOf(stated, how, number));
    if (results.every((result) => result === true)) return true;
    return results.every((result) => result === false) ? false : undefined;
  };
  const verdicts = known.map(({ layer, numbers }) => ({ layer, numbers, fits: fits(numbers) }));
  const yes = verdicts.find((each) => each.fits === true);
  const no = verdicts.find((each) => each.fits === false);
  const values = [...new Set(verdicts.map(({ numbers }) => (numbers ?? []).join('×')))]
    .slice(0, 6)
    .join(', ');
  const says = `In the code ${argument} is ${values}.`;
  if (scope.kind === 'unknown') {
    // Whichever is meant, it is wrong where the number stands nowhere.
    const isNowhere = isPlain && facts.isWhole && !isMadeWith(stated.value, facts);
    const holds =
      yes !== undefined && no === undefined ? true : isNowhere && how === 'exactly' ? false : undefined;
    return { holds, says, layer: yes?.layer };
  }
  if (scope.kind === 'all' || scope.kind === 'named') {
    if (verdicts.every((each) => each.fits === true)) return { holds: true, says, layer: first.layer };
    if (scope.kind === 'named' && verdicts.every((each) => each.fits === false))
      return { holds: false, says, layer: first.layer };
    return {
      holds: scope.kind === 'all' && no !== undefined ? false : undefined,
      says,
      layer: no?.layer ?? first.layer,
    };
  }
  // Nothing narrows it down: one layer that fits bears it out; only when none does, and the network is whole, it is wrong.
  if (yes !== undefined && !isOfAll) return { holds: true, says, layer: yes.layer };
  if (yes !== undefined)
    return {
      holds: no === undefined ? true : isPlain && facts.isWhole ? false : undefined,
      says,
      layer: (no ?? yes).layer,
    };
  const sure = isPlain && facts.isWhole && verdicts.every((each) => each.fits === false);
  return { holds: sure ? false : undefined, says, layer: no?.layer };
}
