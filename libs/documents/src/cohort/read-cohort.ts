import { isAnswerFile } from '../archive/answer-files.js';
import { Refusal } from '../document.js';
import { harmlessName } from '../zip/shown-name.js';
import type { CohortLayout, CohortPiece, Listing } from './layout.js';
import { canvas } from './layouts/canvas.js';
import { gradescope } from './layouts/gradescope.js';
import { moodle } from './layouts/moodle.js';

const LAYOUTS: readonly CohortLayout[] = [moodle, gradescope, canvas];

export interface Cohort {
  readonly layout: CohortLayout['name'];
  readonly pieces: readonly CohortPiece[];
  /** Files that belong to nobody's piece. */
  readonly leftOver: readonly string[];
}

/**
 * Finds the layout that accounts for most of an archive's files, in a folder of its own or not. Throws Refusal where none
 * accounts for half of them.
 */
export function readCohort({ names: all, textOf }: Listing): Cohort {
  const names = all.filter(isAnswerFile);
  const candidates = foldersOf(names).flatMap((folder) => {
    const within = {
      names: names.map((name) => name.slice(folder.length)),
      textOf: (name: string) => textOf(folder + name),
    };
    return LAYOUTS.map(({ name, read }) => ({
      layout: name,
      pieces: read(within).map((piece) => ({
        ...piece,
        files: piece.files.map(({ entry, name: called }) => ({
          entry: folder + entry,
          name: harmlessName(called),
        })),
      })),
    }));
  });
  const [best] = candidates.toSorted((one, other) => filesOf(other.pieces) - filesOf(one.pieces));
  if (best === undefined || filesOf(best.pieces) === 0 || 2 * filesOf(best.pieces) < names.length) {
    throw new Refusal(
      'unknown-format',
      'This archive is laid out like none that is known here: Moodle’s (“Full Name_1234567_assignsubmission_file_/…”), Gradescope’s (“submission_123456/…” with submission_metadata.yml) or Canvas’ (“doejane_12345_67890_….pdf”). Download all submissions there again, and upload that archive as it is.',
    );
  }
  const taken = new Set(best.pieces.flatMap(({ files }) => files.map(({ entry }) => entry)));
  return {
    ...best,
    leftOver: names.filter((name) => !taken.has(name) && !ABOUT_OTHERS.test(name)).map(harmlessName),
  };
}

const ABOUT_OTHERS = /(?:^|\/)submission_metadata\.yml$/;

function filesOf(pieces: readonly CohortPiece[]): number {
  return pieces.reduce((sum, { files }) => sum + files.length, 0);
}

/** The top of the archive, and the one folder in which all of it lies if there is one. */
function foldersOf(names: readonly string[]): readonly string[] {
  const folder = /^[^/]+\//.exec(names[0] ?? '')?.[0];
  return folder !== undefined && names.every((name) => name.startsWith(folder)) ? ['', folder] : [''];
}
