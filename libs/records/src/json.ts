/** Anything JSON can say. Its meaning (exam definitions, evidence) belongs to the rooms that write it. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };
