/** Where something stands in a part or an exam, key by key: `['rubric', 1, 'marks']`. */
export type NotePath = readonly (string | number)[];

/** A remark on an exam before anyone sits it, for the examiner. */
export interface SchemeNote {
  /** Names what was looked at, for good: `errors-alike`, `marks-over`. */
  readonly check: string;
  /** Within the part; empty where it is about all of it. */
  readonly path: NotePath;
  /** The line of the scheme that it is about, by its id. */
  readonly item?: string;
  /** What is so, and what would mend it, in full sentences. */
  readonly says: string;
}
