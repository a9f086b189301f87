import type { CodeFacts } from '../facts.js';
import type { LayerFact } from '../layer-fact.js';
import { isMeant, LAYER_NOUN, layerSaid, type LayerWords } from '../layer-words.js';
import { judged } from '../mood.js';
import { isFollowedBy, isPrecededBy } from '../neighbours.js';
import { polarityAt, type Polarity } from '../polarity.js';
import { atOrdinal, layersOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const VERB = String.raw`(?:\s+(?:of|with)\s+(?:a\s+)?[^,;.]{1,12}?(?:\.\d+)?)?(?:\s+(?:is|are|was|were|gets?))?(?:\s+(?:also|then|always|directly|immediately|not|never))*(?:\s+(?:used|applied|placed|put|added|there|inserted|located|positioned|employed|comes?|sits?|stands?|lies?|follows|goes))?(?:\s+(?:directly|immediately|right|only))?`;
const WHICH = String.raw`(?:(each|every|all|both)(?:\s+(?:of|the|its))*\s+(?:(?:two|three|four|\d)\s+)?|(?:the\s+|its\s+|an?\s+|its\s+)?(?:(?:outputs?|results?|features) of (?:the\s+)?)?((?:very )?(?:first|second|third|fourth|last|final)\s+)?(?:(?:two|three)\s+)?)`;
/** No other thing goes by the words: a block may have anything in it. */
const ENDS = String.raw`(?!\w)(?!\s+(?:blocks?|stages?|parts?|modules?|networks?|nets?|models?|bases?|backbones?|encoders?|decoders?|sizes?|units?|neurons?|rates?))`;
const PLACE = String.raw`${WHICH}(${LAYER_NOUN}|classifier|output layer|output|head)${ENDS}`;
const AND = String.raw`(?:,?\s+(?:and|then|and then)\s+(?:by\s+)?(?:an?\s+|the\s+)?((?:[\dx]+\s+)?${LAYER_NOUN}))?`;
const THING = String.raw`\b(${LAYER_NOUN})`;

const FOLLOWED = new RegExp(
  String.raw`\b${PLACE}(?:\s+(?:is|are))?,?\s+(?:(?:immediately|directly|then|always)\s+)?followed\s+by\s+(?:an?\s+|the\s+)?((?:[\dx]+\s+)?${LAYER_NOUN})${AND}`,
  'i',
);
const AFTER = new RegExp(String.raw`${THING}${VERB}\s+(?:after|behind|following|on top of)\s+${PLACE}`, 'i');
const APPLIED_TO = new RegExp(
  String.raw`${THING}(?:\s+of\s+[\d.]+)?\s+(?:is|are)\s+(?:only\s+)?applied\s+to\s+${PLACE}`,
  'i',
);
const FOLLOWS = new RegExp(String.raw`${THING}\s+(?:directly\s+|immediately\s+)?follows?\s+${PLACE}`, 'i');
const BEFORE = new RegExp(String.raw`${THING}${VERB}\s+(?:before|in front of)\s+${PLACE}`, 'i');
const HAS_AFTER = new RegExp(
  String.raw`\b${PLACE}\s+(?:has|have|lacks?)\s+(?:no\s+|an?\s+|any\s+)?(${LAYER_NOUN})\s+(?:after|behind)\s+(?:it|them)\b`,
  'i',
);
const BETWEEN = new RegExp(
  String.raw`${THING}${VERB}\s+(?:in\s+)?between\s+${PLACE}(?:\s+and\s+(?:the\s+|an?\s+)?(${LAYER_NOUN})${ENDS})?`,
  'i',
);
const FORMS = [
  [AFTER, 'after'],
  [APPLIED_TO, 'after'],
  [FOLLOWS, 'after'],
  [BEFORE, 'before'],
  [BETWEEN, 'between'],
] as const;
/** That something is so of some of them is more than is looked at. */
const NARROWED = /\b(?:only|some|except|other|apart|mostly|either|if|first two|last two)\b/i;
const NEGATED = /\b(?:no|not|never|without|nor|neither|lacks?|missing|cannot)\b|n't\b/i;

interface Said {
  readonly match: RegExpExecArray;
  /** The things that are said to stand somewhere, in their words. */
  readonly things: readonly string[];
  /** What they stand beside, in its words, and which of them: all of them, or one by its number. */
  readonly place: string;
  readonly quantifier: string | undefined;
  readonly ordinal: string | undefined;
  readonly relation: 'after' | 'before' | 'between';
  /** The other end of a place between two different things. */
  readonly end?: string | undefined;
}

/** What comes after what: a convolution that is followed by ReLU and pooling, dropout before the last layer. */
export const placement: Topic = {
  *read(clause, facts) {
    if (!facts.isTraced || NARROWED.test(clause.text)) return;
    const said = placeIn(clause.text);
    if (said === undefined) return;
    const things = said.things.map(layerSaid);
    const [thing] = things;
    const layers = placesSaid(said, facts);
    const [first] = layers;
    const polarity = polarityOf(clause.text, said);
    // Of an activation between layers, another family knows more.
    const isElsewhere = said.relation === 'between' && thing?.kind === 'activation';
    if (thing === undefined || first === undefined || polarity === undefined || isElsewhere) return;
    const held = things.map((each) => (each === undefined ? undefined : stands(each, said, layers, facts)));
    const is = held.includes(false) ? false : held.every((each) => each === true) ? true : undefined;
    yield claimAt(
      clause,
      rangeOf(said.match),
      thing.kind,
      judged(is === undefined ? undefined : is === (polarity === 'present'), clause.mood),
      is === undefined
        ? 'In which order all of these stand could not be told for sure.'
        : `The layers ${is ? 'stand' : 'do not stand'} in this order.`,
      { code: first.quote },
    );
  },
};

function placeIn(text: string): Said | undefined {
  const followed = FOLLOWED.exec(text);
  if (followed !== null) {
    const [, quantifier, ordinal, place = '', thing = '', also] = followed;
    const things = also === undefined ? [thing] : [thing, also];
    return { match: followed, things, place, quantifier, ordinal, relation: 'after' };
  }
  const has = HAS_AFTER.exec(text);
  if (has !== null) {
    const [, quantifier, ordinal, place = '', thing = ''] = has;
    return { match: has, things: [thing], place, quantifier, ordinal, relation: 'after' };
  }
  for (const [pattern, relation] of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [, thing = '', quantifier, ordinal, place = '', end] = match;
    return { match, things: [thing], place, quantifier, ordinal, relation, end };
  }
  return undefined;
}

/** Whether a clause says that the thing is there, or that it is not; undefined where another negation is about. */
function polarityOf(text: string, { match, things: [thing = ''] }: Said): Polarity {
  if (!NEGATED.test(text)) return 'present';
  if (/\bnot followed by\b/i.test(match[0])) return 'absent';
  const start = match.index + match[0].indexOf(thing);
  return polarityAt(text, start, start + thing.length);
}

/** The layers that something is said to stand beside. */
function placesSaid({ place, ordinal }: Said, facts: CodeFacts): readonly LayerFact[] {
  if (/^(?:classifier|output|head)/i.test(place)) return layersOf(facts, 'linear').slice(-1);
  const meant = layerSaid(place);
  if (meant === undefined) return [];
  if (ordinal === undefined) return facts.layers.filter((layer) => isMeant(meant, layer));
  const own = layersOf(facts, meant.kind).filter((layer) => isMeant(meant, layer));
  const layer = atOrdinal(own, ordinal);
  return layer === undefined ? [] : [layer];
}

/**
 * Whether a thing stands in the place: at all of the layers where all are meant; where nothing says which are, it must be so
 * of all or of none.
 */
function stands(
  thing: LayerWords,
  { relation, quantifier, end }: Said,
  layers: readonly LayerFact[],
  facts: CodeFacts,
): boolean | undefined {
  const held =
    relation === 'between' ? between(thing, layers, end, facts) : layers.map((layer) => beside(layer));
  if (held.length === 0) return undefined;
  if (held.every((each) => each === true)) return true;
  // What a recurrent layer or a transformer drops within itself stands nowhere in the order.
  const isHidden =
    thing.kind === 'dropout' && facts.layers.some(({ config }) => Number(config?.['dropout'] ?? 0) > 0);
  if (isHidden) return undefined;
  if (quantifier !== undefined) return held.includes(false) ? false : undefined;
  if (relation === 'before' && held.includes(true)) return true;
  return held.every((each) => each === false) ? false : undefined;

  function beside(layer: LayerFact): boolean | undefined {
    return relation === 'after'
      ? isFollowedBy(layer, thing, facts.layers)
      : isPrecededBy(layer, thing, facts.layers);
  }
}

/** Whether a thing stands between each layer and the next of them, or between them and those of another kind. */
function between(
  thing: LayerWords,
  layers: readonly LayerFact[],
  end: string | undefined,
  { layers: all }: CodeFacts,
): (boolean | undefined)[] {
  const other = end === undefined ? undefined : layerSaid(end);
  const ends = other === undefined ? layers.slice(1) : all.filter((layer) => isMeant(other, layer));
  const starts = other === undefined ? layers.slice(0, -1) : layers;
  const joined = starts.map((layer) => isFollowedBy(layer, thing, all));
  const met = ends.map((layer) => isPrecededBy(layer, thing, all));
  if (other === undefined)
    return joined.map((each, at) => (each === false || met[at] === false ? false : each && met[at]));
  return [
    joined.includes(true) && met.includes(true)
      ? true
      : [joined, met].some((side) => side.every((each) => each === false))
        ? false
        : undefined,
  ];
}
