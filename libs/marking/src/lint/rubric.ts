import type { RubricItem } from '../exam/fields.js';
import type { Marks } from '../marks.js';
import { mentionsOf } from '../kinds/mentions.js';
import { lintItems } from './items.js';
import type { SchemeNote } from './note.js';

/** What is odd about a rubric: its marks, and terms that would show the marker nothing. */
export function lintRubric(
  available: Marks,
  rubric: readonly RubricItem[],
  field: string,
  asked: string,
): SchemeNote[] {
  return [
    ...lintItems(available, rubric, field),
    ...withoutTerms(rubric, field),
    ...rubric.flatMap((item, at) => lintTerms(item, rubric, [field, at, 'terms'], asked)),
  ];
}

function withoutTerms(rubric: readonly RubricItem[], field: string): SchemeNote[] {
  const bare = rubric.filter(({ terms }) => terms.length === 0).map(({ id }) => id);
  if (bare.length === 0) return [];
  const isAll = bare.length === rubric.length;
  return [
    {
      check: 'no-terms',
      path: [field],
      says:
        `${isAll ? 'No item lists' : `${bare.join(', ')} ${bare.length === 1 ? 'lists' : 'list'} no`} terms, ` +
        `so markers are shown no places in the answer for ${isAll || bare.length > 1 ? 'them' : 'it'}. ` +
        'Add words or phrases that an answer which makes the point would use.',
    },
  ];
}

function lintTerms(
  item: RubricItem,
  rubric: readonly RubricItem[],
  path: SchemeNote['path'],
  asked: string,
): SchemeNote[] {
  const { id, terms } = item;
  if (terms.length === 0) return [];
  const notes: SchemeNote[] = [];
  const twin = rubric.find(
    (other) => other !== item && rubric.indexOf(other) < rubric.indexOf(item) && sameTerms(other, item),
  );
  if (twin !== undefined) {
    notes.push({
      check: 'same-terms',
      path,
      item: id,
      says: `It lists the same terms as ${twin.id}, so the same places are shown for both.`,
    });
  }
  if (terms.every((term) => mentionsOf({ id, terms: [term] }, asked).length > 0)) {
    notes.push({
      check: 'terms-in-the-question',
      path,
      item: id,
      says:
        'All its terms stand in the question itself, so an answer that repeats the question seems to speak to it. ' +
        'Add terms that only an answer would use.',
    });
  }
  return notes;
}

function sameTerms(a: RubricItem, b: RubricItem): boolean {
  const folded = ({ terms }: RubricItem): string =>
    terms
      .map((term) => term.toLowerCase())
      .toSorted()
      .join('\n');
  return folded(a) === folded(b);
}
