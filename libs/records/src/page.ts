/** Some of many rows, in a fixed order. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Hand it back as `after` for the next page; null on the last. */
  readonly next: string | null;
}
