import type { CohortLayout, PieceFile } from '../layout.js';

/** Canvas' “download submissions”: all in one folder, `doejane_LATE_12345_67890_answers.pdf`; a text typed in ends in `_text.html`. */
const OF_PERSON =
  /^(?<name>[^_/]+)(?<late>_LATE)?_(?<id>\d{1,18})_(?:(?<file>\d{1,18})_(?<rest>.+)|(?<typed>text\.html))$/su;

export const canvas: CohortLayout = {
  name: 'canvas',
  read: ({ names }) => {
    const pieces = new Map<string, { name: string; id: string; late: boolean; files: PieceFile[] }>();
    for (const entry of names) {
      const { name, late, id, rest, typed } = OF_PERSON.exec(entry)?.groups ?? {};
      const file = rest ?? typed;
      if (name === undefined || id === undefined || file === undefined || file.includes('/')) continue;
      const key = `${name}_${id}`;
      const piece = pieces.get(key) ?? { name, id, late: false, files: [] };
      piece.late ||= late !== undefined;
      piece.files.push({ entry, name: file });
      pieces.set(key, piece);
    }
    return [...pieces].map(([key, { name, id, late, files }]) => ({
      key,
      people: [
        {
          names: /^(?:anon|anonymous)/i.test(name) ? [] : [name],
          nameForm: 'squashed',
          email: null,
          number: null,
          platformId: id,
        },
      ],
      files,
      submittedAt: null,
      late,
    }));
  },
};
