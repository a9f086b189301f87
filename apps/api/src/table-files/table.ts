/** One table of a file that comes back: its headings in the first row. */
export interface Table {
  /** Of a sheet; null where the file is one table. */
  readonly name: string | null;
  readonly rows: readonly (readonly string[])[];
  /** Whether 3,5 is how the file writes three and a half. */
  readonly decimalComma: boolean;
}

export type OpenedFile =
  | { readonly kind: 'opened'; readonly tables: readonly Table[] }
  | { readonly kind: 'refused'; readonly says: string };
