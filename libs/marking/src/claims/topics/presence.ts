import type { Subject } from '../claim.js';
import type { Clause } from '../clauses.js';
import { lineWith, type CodeFacts } from '../facts.js';
import { numbersOf, type LayerFact } from '../layer-fact.js';
import { isMeant, layerSaid, wordsFor, type NamedKind } from '../layer-words.js';
import { judged } from '../mood.js';
import { isWithout, polarityAt } from '../polarity.js';
import { claimAt, type Topic } from '../topic.js';
import { activationBetween } from './between.js';

/** Something a network has or has not, and how answers call it. */
interface Thing {
  readonly subject: Subject;
  readonly words: RegExp;
  readonly title: string;
  /** Operations that are it; by kind where the words say no more. */
  is(layer: LayerFact, said: string): boolean;
  /** What the code's text has if it may be there in a way that was not followed. */
  readonly trace: RegExp;
  /** What the code's text has where it is there, of what is no layer. */
  readonly written?: RegExp;
}

const ADDED = String.raw`(?:\s+(?:layers?|operations?|steps?|functions?|mechanisms?|activations?|non-?linearit\w+))*`;

/** A kind of layers in all the words for it; `alone` where those mean other things too and only some stand by themselves. */
function ofKind(
  kind: NamedKind,
  { title = kind, trace, alone }: { title?: string; trace: RegExp; alone?: string },
): Thing {
  const words = wordsFor(kind);
  const source =
    alone === undefined ? String.raw`${words}(?:s|es)?${ADDED}` : String.raw`${words}\s+layers?|${alone}`;
  return {
    subject: kind,
    words: new RegExp(String.raw`\b(?:${source})(?![a-z])`, 'gi'),
    title,
    is: (layer, said) => {
      const meant = layerSaid(said);
      return meant === undefined ? layer.kind === kind : isMeant(meant, layer);
    },
    trace,
  };
}

const THINGS: readonly Thing[] = [
  ofKind('pooling', { trace: /pool|mean\s*\(|amax/i }),
  ofKind('dropout', { trace: /drop/i }),
  ofKind('normalisation', { trace: /norm(?!ali[sz]e\()/i }),
  ofKind('activation', {
    title: 'a non-linear activation',
    trace: /relu|tanh|gelu|sigmoid|activation|elu|silu|softplus|act\b|clamp|maximum/i,
  }),
  ofKind('softmax', { trace: /softmax/i }),
  ofKind('attention', { trace: /attention|attn|softmax|transformer/i }),
  ofKind('recurrence', { title: 'a recurrent layer', trace: /lstm|gru|rnn/i, alone: 'lstms?|grus?' }),
  ofKind('embedding', { title: 'an embedding', trace: /embed/i, alone: 'embedding layers?' }),
  ofKind('convolution', {
    title: 'a convolution',
    trace: /conv|unfold/i,
    alone: '(?:transposed )?convolutions|deconvolutions',
  }),
  ofKind('linear', { title: 'a linear layer', trace: /linear|matmul|@|addmm/i, alone: 'linear layers?' }),
  {
    subject: 'padding',
    words: /\b(?:zero[ -]?)?padding\b(?!\s*(?:of|=|is (?:set|\d)|\d|token|ind|mask|to\b))/gi,
    title: 'padding',
    is: (layer) =>
      layer.kind === 'convolution' && (numbersOf(layer, 'padding')?.some((size) => size > 0) ?? false),
    trace: /pad/i,
  },
  {
    subject: 'attention',
    words: /\b(?:causal|look-?ahead|triangular|attention)\s+masks?\b/gi,
    title: 'a mask of attention',
    is: () => false,
    written: /\b(?:tril|triu|is_causal\s*=\s*True|generate_square_subsequent_mask|causal_mask|band_part)\b/,
    trace: /mask|causal/i,
  },
  {
    subject: 'embedding',
    words: /\bposition(?:al)? (?:encodings?|embeddings?|information)\b/gi,
    title: 'an encoding of positions',
    is: () => false,
    written: /PositionalEncoding\(|pos(?:ition)?(?:al)?_?(?:enc\w*|emb\w*)\s*[=(]/i,
    trace: /\bpos|_pos|position|\bsin\(|arange|rotary|alibi/i,
  },
  {
    subject: 'blocks',
    words: /\bdecoders?\b/gi,
    title: 'a decoder',
    is: () => false,
    written: /decoder/i,
    trace: /decod|dec\d|\bup\d?|generat/i,
  },
  {
    subject: 'upsampling',
    words:
      /\b(?:(?:bi|tri)?linear|nearest[ -]neighbou?r) (?:upsampling|interpolation|resizing)\b|\b(?:upsampl(?:e|ing)|interpolation) layers?\b/gi,
    title: 'an upsampling by interpolation',
    is: ({ operation, config }, said) =>
      /^(?:upsampl|interpolate)/i.test(operation) &&
      (!/bilinear/i.test(said) ||
        /bilinear/i.test(String(config?.['mode'] ?? config?.['interpolation'] ?? 'bilinear'))),
    trace: /upsampl|interpolate|resize/i,
  },
];

/** Words that place a thing somewhere in the network, beyond saying that the network has it. */
const PLACED =
  /\b(?:between|after|before|behind|following|preceding|within|around|at the (?:end|start|beginning|top|output)|on the output|on top|in (?:the|each|every|its|that) (?!network|model|code|architecture|design|program|class|forward|net\b)|in (?:block|stage|layer)|(?:to|for|from) the (?:first|second|last|final|output|linear|conv\w*)|twice|single|two|three|four|five|six|several|multiple|many|enough|each|every|inside|\d)\b/i;

/** A number that a thing is made with places it nowhere: "dropout with a rate of 0.5". */
const ITS_NUMBER =
  /\b(?:with|of|at|=)\s+(?:an?\s+)?(?:(?:slope|rate|probability|factor|p|size|window|norm|kernel)\s+(?:of\s+|=\s*)?)?\d+(?:\.\d+)?(?:\s?%|x\d+)?/gi;

/** Words for a part of the network: what the whole has, the part may lack. */
const OF_A_PART =
  /\b(?:blocks?|stages?|parts?|section|encoder|decoder|head|branch|path|stem|backbone|conv\w*|linear|fc\w*|self\.\w+)\b/i;
/** A layer, which may lack what the network has. */
const OF_A_LAYER = /\b(?:dense|hidden|output|(?:first|second|third|last|final) layer)\b/i;

/** A clause that speaks of one thing in another's words: "average pooling parameters", "dropout rate of 0.5". */
const BESIDE =
  /^\s*(?:(?:is|are|being|still|stays?|remains?)\s+)*(?:still|active|on\b|off\b|enabled|disabled|switched|turned)|^\s*(?:rate|probabilit|prob|p\s*=|is (?:too|set)|is not (?:too|set|the|a\b|\d)|of \d|size|kernel|mask|factor|\d)/i;

/** Things the network has or lacks. What is nowhere is not here either; what is somewhere may still not be here. */
export const presence: Topic = {
  *read(clause, facts) {
    for (const thing of THINGS) {
      for (const match of clause.text.matchAll(thing.words)) {
        const start = match.index;
        const end = start + match[0].length;
        const said = match[0];
        const after = clause.text.slice(end);
        if (BESIDE.test(after)) continue;
        const before = clause.text.slice(0, start);
        const there = thereIs(thing, said, facts);
        const range = { start, end };
        if (clause.mood === 'suggested') {
          const wanted =
            WANTED.test(before) &&
            !/\b(?:not|n't|no|without|remov\w+|drop|replac\w+|instead|rid|delet\w+|more|second|another|additional|larger|smaller|fewer|less|further)\b|n't/i.test(
              clause.text,
            );
          if (wanted && there.is === false && !PLACED.test(clause.text))
            yield claimAt(clause, range, thing.subject, 'supported', `It is asked for. ${there.says}`);
          continue;
        }
        const polarity = polarityAt(clause.text, start, end);
        if (polarity === undefined) continue;
        const placed = PLACED.test(`${before} ${after}`.replace(ITS_NUMBER, ' '));
        const between =
          thing.subject === 'activation' && placed ? activationBetween(clause.text, facts) : undefined;
        if (between !== undefined && /activation|linear|relu/i.test(said)) {
          const holds = between.is === undefined ? undefined : (polarity === 'present') === between.is;
          // Where some pair is bare and another is not, "between" may mean either.
          yield claimAt(clause, range, thing.subject, judged(holds, clause.mood), between.says, {
            code: between.code,
            ...(between.is === false && polarity === 'absent' && { names: ['missing-nonlinearity'] }),
          });
          continue;
        }
        let holds = there.is === undefined ? undefined : there.is === (polarity === 'present');
        const elsewhere = `${subjectBefore(clause)} ${before} ${after}`;
        if ((placed || OF_A_PART.test(elsewhere)) && there.is === true) holds = undefined;
        if (holds === false && polarity === 'absent' && OF_A_LAYER.test(elsewhere)) holds = undefined;
        // "With pooling it would": what is only imagined is no claim.
        if (holds === false && /^\W*(?:with|using|not using|given)\b/i.test(clause.text)) holds = undefined;
        if (holds === false && polarity === 'absent' && isWithout(clause.text, start)) holds = undefined;
        if (thing.subject === 'softmax' && placed && polarity === 'present' && there.is === true) {
          holds = undefined;
        }
        yield claimAt(clause, range, thing.subject, judged(holds, clause.mood), there.says, {
          code: there.code,
        });
      }
    }
  },
};

/** "fc2 has 128 units and no activation": what a clause without a subject of its own goes on to speak of. */
function subjectBefore({ text, sentence }: Clause): string {
  return /^\W*(?:and|but)\s+(?:also\s+)?(?:no|not|has|have|uses?|does|is|are|lacks?|without|a)\b/i.test(text)
    ? sentence.slice(0, sentence.indexOf(text))
    : '';
}

const WANTED =
  /\b(?:add(?:ing)?|includ(?:e|ing)|insert(?:ing)?|introduc(?:e|ing)|incorporat(?:e|ing)|use|using|have|apply|put|need|needs)\s+(?:(?:a|an|some|the|in|also|any)\s+)*(?:[\w-]+\s+)?$/i;

/** Words that say more ask for more: average pooling is no trace of max pooling. */
function traceOf({ trace, subject }: Thing, said: string): RegExp {
  if (subject === 'pooling' && /max/i.test(said)) return /max_?pool|amax|\.max\(/i;
  if (subject === 'pooling' && /average|avg|mean/i.test(said)) return /avg_?pool|mean\s*\(/i;
  if (subject === 'normalisation' && /batch|\bbn\b/i.test(said)) return /batch_?norm/i;
  if (subject === 'activation') {
    const named = /leaky|relu|tanh|gelu|sigmoid/i.exec(said)?.[0].toLowerCase();
    if (named === 'relu') return /relu|clamp|maximum|activation|act\b|\bF\.[a-z]*lu\b/i;
    if (named !== undefined) return new RegExp(String.raw`${named}|activation|act\b`, 'i');
  }
  if (subject === 'recurrence' && /gru/i.test(said)) return /gru/i;
  if (subject === 'recurrence' && /lstm/i.test(said)) return /lstm/i;
  return trace;
}

function thereIs(thing: Thing, said: string, facts: CodeFacts) {
  const found = facts.layers.filter((layer) => thing.is(layer, said));
  const [first] = found;
  if (first !== undefined) {
    const more = found.length === 1 ? '' : ` (${found.length} places)`;
    return { is: true, says: `The code has ${first.operation}${more}.`, code: first.quote } as const;
  }
  const line = thing.written && lineWith(facts.text, thing.written);
  if (line !== undefined)
    return { is: true, says: `The code has ${thing.title}.`, code: facts.quote(line) } as const;
  if (!facts.isWhole || traceOf(thing, said).test(facts.text)) {
    return {
      is: undefined,
      says: `Whether the code has ${thing.title} could not be told for sure.`,
      code: undefined,
    } as const;
  }
  return {
    is: false,
    says: `The code has no ${thing.title.replace(/^an? /, '')}.`,
    code: undefined,
  } as const;
}
