import type { CodeFacts } from '../facts.js';
import { numbersOf, type LayerFact } from '../layer-fact.js';
import { judged } from '../mood.js';
import { NUMBER, readNumber } from '../numbers.js';
import { layersOf } from '../scope.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const CODE = String.raw`(?:latent|bottleneck)(?:\s+(?:space|vector|layer|code|representation|dimension(?:ality)?|size|variables?))*`;
const STATED = [
  new RegExp(
    String.raw`\b${CODE}\s+(?:has|have|is|of|with|=)\s+(?:(?:a|only|just)\s+)*(?:(?:dimension|size|width)\s+(?:of\s+)?)?(${NUMBER})\b`,
    'i',
  ),
  new RegExp(String.raw`(${NUMBER})(?:[- ]dimensional|[- ]d)?\s+${CODE}`, 'i'),
  new RegExp(
    String.raw`\b(?:compress\w*|reduc\w*|squeez\w*|encod\w*|mapp?\w*)\b[^.;]*?\b(?:to|into|down to)\s+(?:a (?:vector|code) of\s+|only\s+)?(${NUMBER})\s+(?:dimensions|numbers|values|units|features|neurons)\b`,
    'i',
  ),
];
const NEGATED = /\b(?:no|not|never|should|would|too|instead|wrong)\b|n't\b/i;

/** How many numbers are left in the middle of an autoencoder. */
export const latent: Topic = {
  *read(clause, facts) {
    if (NEGATED.test(clause.text)) return;
    const match = STATED.map((pattern) => pattern.exec(clause.text)).find((each) => each !== null);
    const stated = match === undefined || match === null ? undefined : readNumber(match[1] ?? '');
    if (match === undefined || match === null || stated === undefined) return;
    const middle = narrowest(facts);
    const width = middle === undefined ? undefined : widthOf(middle);
    if (middle === undefined || width === undefined) return;
    yield claimAt(
      clause,
      rangeOf(match),
      'units',
      judged(stated.value === width, clause.mood),
      `At its narrowest the network has ${width} numbers.`,
      { code: middle.quote },
    );
  },
};

/** The layer that gives least, where linear layers narrow down to it alone and then widen to what the network takes. */
function narrowest(facts: CodeFacts): LayerFact | undefined {
  const layers = layersOf(facts, 'linear');
  const widths = layers.map(widthOf);
  const [first] = layers;
  const taken = first === undefined ? undefined : numbersOf(first, 'in_features')?.[0];
  const isOther = facts.layers.some(({ kind }) => kind === 'convolution' || kind === 'recurrence');
  const known = widths.filter((width) => width !== undefined);
  if (!facts.isWhole || isOther || known.length < Math.max(2, widths.length)) return undefined;
  const least = Math.min(...known);
  const at = known.indexOf(least);
  const isHourglass =
    known.every(
      (width, index) =>
        index === 0 || (index <= at ? width < (known[index - 1] ?? 0) : width > (known[index - 1] ?? 0)),
    ) &&
    at < known.length - 1 &&
    (taken ?? facts.network?.inputs[0]?.shape.at(-1)) === known.at(-1);
  return isHourglass ? layers[at] : undefined;
}

function widthOf(layer: LayerFact): number | undefined {
  return numbersOf(layer, 'out_features')?.[0];
}
