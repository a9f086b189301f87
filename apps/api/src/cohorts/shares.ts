import type { Cohort, PersonHint } from '@tensormark/documents';
import type { Upload } from '@tensormark/records';

/** An archive of a cohort that is whole. */
export type Archive = Upload & { readonly wholeAt: Date; readonly sha256: string };

/** One person's share in one piece of the archive. */
export interface Share {
  readonly key: string;
  readonly piece: Cohort['pieces'][number];
  readonly hint: PersonHint;
}

const OF_GROUP = / ·\d+$/;

/** What each person has in an archive: those of a group the same piece. */
export function sharesOf({ pieces }: Cohort): readonly Share[] {
  return pieces.flatMap((piece) =>
    piece.people.map((hint, index) => ({
      key: index === 0 ? piece.key : `${piece.key} ·${index + 1}`,
      piece,
      hint,
    })),
  );
}

/** The key of the piece in which somebody has a share. */
export function pieceOf(share: string): string {
  return share.replace(OF_GROUP, '');
}

/** A time to come, or none, is no time at which anything was handed in. */
export function recordedTime({ piece: { submittedAt } }: Share, { wholeAt }: Archive): Date {
  return submittedAt === null || submittedAt > wholeAt ? wholeAt : submittedAt;
}
