import type { CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const SAID =
  /\b(?:images?|pictures?|photos?|inputs?)\b[^.;]*?\b(?:resized|scaled|rescaled|cropped|brought|cut|(?:input )?size (?:is|of)|(?:is|are) of size)\b\s*(?:down\s+)?(?:to\s+)?(?:a size of\s+)?(\d{2,4})(?:\s*(?:x|\*|by)\s*(\d{2,4})|\s+pixels)/i;
const WRITTEN =
  /\b(?:Resize|target_size|image_size|img_size|CenterCrop|RandomResizedCrop|RandomCrop|Resizing)\b\s*[=(]\s*[([]*\s*(\d{2,4})(?:\s*,\s*(\d{2,4}))?/g;
const NEGATED = /\b(?:no|not|never|should|would|instead|wrong)\b|n't\b/i;

/** To what size pictures are brought. */
export const pictures: Topic = {
  *read(clause, facts) {
    const match = SAID.exec(clause.text);
    if (match === null || NEGATED.test(clause.text)) return;
    const written = sidesIn(facts);
    const [first] = written;
    if (first === undefined) return;
    const stated = [match[1], match[2] ?? match[1]].map(Number).join('×');
    const fits = written.some(({ sides }) => sides === stated);
    yield claimAt(
      clause,
      rangeOf(match),
      'preprocessing',
      judged(fits, clause.mood),
      `The pictures are brought to ${[...new Set(written.map(({ sides }) => sides))].join(' or ')}.`,
      { code: facts.quote(first.line) },
    );
  },
};

function sidesIn({ text }: CodeFacts): { readonly sides: string; readonly line: number }[] {
  return [...text.matchAll(WRITTEN)].map((match) => ({
    sides: [match[1], match[2] ?? match[1]].map(Number).join('×'),
    line: text.slice(0, match.index).split('\n').length,
  }));
}
