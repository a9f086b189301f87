/** What an archive says of whose a piece of it is. */
export interface PersonHint {
  /** As people write it, or null. Where a group's name may stand before it, also without. */
  readonly names: readonly string[];
  /** `squashed`: in small letters without spaces, family name first. */
  readonly nameForm: 'full' | 'squashed';
  readonly email: string | null;
  /** The institution's number for the person. */
  readonly number: string | null;
  /** The platform's own number: of another kind than the institution's, and never compared with it. */
  readonly platformId: string | null;
}

export interface PieceFile {
  /** Where it stands in the archive. */
  readonly entry: string;
  /** What its owner called it; made harmless before it is shown. */
  readonly name: string;
}

/** What one person, or one group, handed in. */
export interface CohortPiece {
  /** Names it within the archive. */
  readonly key: string;
  /** One, or the members of a group. */
  readonly people: readonly PersonHint[];
  readonly files: readonly PieceFile[];
  /** When it was handed in, by the platform; null where it does not say, or not in which zone. */
  readonly submittedAt: Date | null;
  /** Whether the platform calls it late. */
  readonly late: boolean;
}

/** An archive as a layout sees it: names of files, and the text of those that are about the others. */
export interface Listing {
  readonly names: readonly string[];
  /** Undefined where there is no such file. Throws Refusal. */
  textOf(name: string): string | undefined;
}

/** How one platform lays out what it lets an examiner download. Adding a platform is one file of these. */
export interface CohortLayout {
  readonly name: 'moodle' | 'gradescope' | 'canvas';
  /** Files that are in no piece are left over. Throws Refusal. */
  read(listing: Listing): readonly CohortPiece[];
}
