import type { Claim, Subject } from '../claim.js';
import type { CodeFacts } from '../facts.js';
import type { LayerFact, LayerKind } from '../layer-fact.js';
import { judged } from '../mood.js';
import { layersOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';

/** Layers and operations as answers call them. */
const THINGS: readonly {
  readonly words: string;
  readonly subject: Subject;
  is(layer: LayerFact): boolean;
}[] = [
  thing(String.raw`(?:global )?average[- ]pool(?:ing)?`, 'pooling', 'pooling', /avg|average/i),
  thing(String.raw`max[- ]?pool(?:ing)?`, 'pooling', 'pooling', /max/i),
  thing(String.raw`pool(?:ing)?`, 'pooling', 'pooling'),
  thing(String.raw`leaky[- ]?relu`, 'activation', 'activation', /leaky/i),
  thing(String.raw`relu`, 'activation', 'activation', /^relu6?$/i),
  thing(String.raw`sigmoid`, 'activation', 'activation', /sigmoid/i),
  thing(String.raw`tanh`, 'activation', 'activation', /^tanh$/i),
  thing(String.raw`(?:non-?linear )?activation(?: function)?|non-?linearity`, 'activation', 'activation'),
  thing(String.raw`dropout`, 'dropout', 'dropout'),
  thing(String.raw`batch[- ]?norm(?:ali[sz]ation)?|bn`, 'normalisation', 'normalisation', /batch/i),
  thing(String.raw`layer[- ]?norm(?:ali[sz]ation)?`, 'normalisation', 'normalisation', /layer/i),
  thing(String.raw`softmax`, 'softmax', 'softmax'),
  thing(String.raw`conv(?:olution(?:al)?)?`, 'convolution', 'convolution'),
  thing(String.raw`(?:fully[- ]connected|linear|dense|fc)`, 'linear', 'linear'),
  thing(String.raw`(?:lstm|gru|rnn|recurrent)`, 'recurrence', 'recurrence'),
  thing(String.raw`embedding`, 'embedding', 'embedding'),
];

function thing(words: string, subject: Subject, kind: LayerKind, operation?: RegExp) {
  return {
    words,
    subject,
    is: (layer: LayerFact): boolean =>
      layer.kind === kind && (operation === undefined || operation.test(layer.operation)),
  };
}

const NOUN = String.raw`(?:${THINGS.map(({ words }) => words).join('|')})(?:s|es)?(?:\s+(?:layers?|operations?|functions?|activations?))?`;
const EACH = String.raw`(?:each|every|all|both)(?:\s+(?:of|the|its))*`;
const FOLLOWED = new RegExp(
  String.raw`\b(${EACH}\s+)?(?:the\s+)?(${NOUN})\s+(?:is|are)\s+(?:(?:immediately|directly|then|always)\s+)?followed\s+by\s+(?:an?\s+|the\s+)?((?:[\dx]+\s+)?${NOUN})(?:,?\s+(?:and|then|and then)\s+(?:by\s+)?(?:an?\s+|the\s+)?((?:[\dx]+\s+)?${NOUN}))?`,
  'i',
);
const AFTER = new RegExp(
  String.raw`\b(${NOUN})\s+(?:(?:is|are)\s+(?:used|applied|placed|put|added|there)\s+|comes?\s+|stands?\s+|follows\s+)?(directly\s+|immediately\s+)?after\s+(${EACH}\s+)?(?:the\s+)?(${NOUN})`,
  'i',
);
const BEFORE = new RegExp(
  String.raw`\b(${NOUN})\s+(?:(?:is|are)\s+(?:used|applied|placed|put|added|there)\s+|comes?\s+|stands?\s+)?(directly\s+|immediately\s+)?before\s+(${EACH}\s+)?(?:the\s+)?(${NOUN}|classifier|output(?: layer)?|head)`,
  'i',
);
const NEGATED =
  /\b(?:no|not|never|without|nor|neither|lacks?|missing|only|first|second|third|last|final|some)\b|n't\b/i;
/** Of what stands between two things that are one after the other, these are no other stage of the network. */
const BESIDE: ReadonlySet<LayerKind> = new Set(['activation', 'dropout', 'normalisation', 'pooling']);

/** What comes after what: a convolution that is followed by ReLU and pooling, dropout before the last layer. */
export const placement: Topic = {
  *read(clause, facts) {
    if (!facts.isTraced || NEGATED.test(clause.text)) return;
    const followed = FOLLOWED.exec(clause.text);
    if (followed !== null) {
      const [, , first = '', then = '', last] = followed;
      const wanted = [then, ...(last === undefined ? [] : [last])];
      // "A convolution is followed by": of one of them, as of all.
      yield* claimOf(first, wanted, followed);
    }
    const after = AFTER.exec(clause.text);
    if (after !== null) yield* claimOf(after[4] ?? '', [after[1] ?? ''], after);
    const before = BEFORE.exec(clause.text);
    if (before !== null) {
      const [, what = '', , , place = ''] = before;
      const isLast = /^(?:classifier|output|head)/i.test(place);
      const layers = isLast ? layersOf(facts, 'linear').slice(-1) : layersSaid(place, facts);
      const is = thingSaid(what);
      if (is !== undefined && layers.length > 0) {
        const holds = layers.some((layer) => comesBefore(is.is, layer, facts)) ? true : undefined;
        yield claim(is.subject, holds, before, layers[0]);
      }
    }

    function* claimOf(of: string, wanted: readonly string[], match: RegExpExecArray): Generator<Claim> {
      const layers = layersSaid(of, facts);
      const things = wanted.map(thingSaid);
      const [first] = things;
      if (layers.length === 0 || first === undefined) return;
      const follow = layers.map((layer) =>
        things.every((each) => each !== undefined && follows(layer, each.is, facts)),
      );
      const holds = follow.every(Boolean) ? true : undefined;
      yield claim(first.subject, holds, match, layers[0]);
    }

    function claim(
      subject: Subject,
      holds: boolean | undefined,
      match: RegExpExecArray,
      layer: LayerFact | undefined,
    ): Claim {
      return claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        subject,
        judged(holds, clause.mood),
        holds === true
          ? 'The layers stand in this order.'
          : 'In which order all of these stand could not be told for sure.',
        { code: layer?.quote },
      );
    }
  },
};

function thingSaid(said: string): (typeof THINGS)[number] | undefined {
  return THINGS.find(({ words }) => new RegExp(String.raw`\b(?:${words})`, 'i').test(said));
}

function layersSaid(said: string, { layers }: CodeFacts): readonly LayerFact[] {
  const found = thingSaid(said);
  return found === undefined ? [] : layers.filter(found.is);
}

/** Whether what takes a layer's result is the thing, with no other stage between. */
function follows(layer: LayerFact, is: (layer: LayerFact) => boolean, { layers }: CodeFacts): boolean {
  let at = layer.node;
  for (let steps = 0; steps < 8; steps += 1) {
    const [next, ...others] = layers.filter(({ inputs }) => inputs.includes(at));
    if (next === undefined || others.length > 0) return false;
    if (is(next)) return true;
    if (!BESIDE.has(next.kind)) return false;
    at = next.node;
  }
  return false;
}

/** Whether the thing is what a layer is given, with no other stage between. */
function comesBefore(is: (layer: LayerFact) => boolean, layer: LayerFact, { layers }: CodeFacts): boolean {
  let at = layer.inputs.length === 1 ? layer.inputs[0] : undefined;
  for (let steps = 0; at !== undefined && steps < 8; steps += 1) {
    const from = layers.find(({ node }) => node === at);
    if (from === undefined) return false;
    if (is(from)) return true;
    if (!BESIDE.has(from.kind) && from.kind !== 'other') return false;
    at = from.inputs.length === 1 ? from.inputs[0] : undefined;
  }
  return false;
}
