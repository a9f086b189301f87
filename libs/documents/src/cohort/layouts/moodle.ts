import type { CohortLayout, CohortPiece, PieceFile } from '../layout.js';

/**
 * Moodle's “download all submissions”: `Full Name_1234567_assignsubmission_file_/answers.pdf`, or the same in one
 * name where it is told to make no folders; `…_onlinetext_` beside it. In front of the name a group's may stand, and a hyphen.
 */
const OF_PERSON = /^(?<name>.+)_(?<id>\d{1,12})_assignsubmission_(?<plugin>[a-z]+)_?(?<rest>.*)$/su;

/** Of a name and its group. */
const MOST_HYPHENS = 12;

export const moodle: CohortLayout = {
  name: 'moodle',
  read: ({ names }) => {
    const pieces = new Map<string, { name: string; id: string; files: PieceFile[] }>();
    for (const entry of names) {
      const [top = '', ...below] = entry.split('/');
      const { name, id, rest } = OF_PERSON.exec(top)?.groups ?? {};
      const file = below.length > 0 ? below.join('/') : rest;
      if (name === undefined || id === undefined || file === undefined || file === '') continue;
      const key = `${name}_${id}`;
      const piece = pieces.get(key) ?? { name, id, files: [] };
      piece.files.push({ entry, name: file });
      pieces.set(key, piece);
    }
    const all = [...pieces];
    // Where every name has a hyphen and a full name behind it, work was handed in by groups.
    const inGroups = all.length > 1 && all.every(([, { name }]) => /-\S+[ _]+\S/u.test(name));
    return all.map(([key, { name, id, files }]): CohortPiece => ({
      key,
      people: [
        {
          names: inGroups ? [name, ...withoutGroup(name)] : [name],
          nameForm: 'full',
          email: null,
          number: null,
          platformId: id,
        },
      ],
      files,
      submittedAt: null,
      late: false,
    }));
  },
};

/** `Team-A-Jane Doe` may be Jane Doe of Team-A, or A-Jane Doe of Team. */
function withoutGroup(name: string): readonly string[] {
  return [...name.matchAll(/-/g)]
    .map(({ index }) => name.slice(index + 1))
    .filter((rest) => rest !== '')
    .slice(0, MOST_HYPHENS);
}
