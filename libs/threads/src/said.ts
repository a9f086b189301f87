/** What a thread says: once that it takes tasks, then an answer to each. */
export type Said<Outcome> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'fault'; readonly message: string };
