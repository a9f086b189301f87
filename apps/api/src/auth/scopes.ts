import { z } from 'zod';

/** What an API token may be used for, within what its owner may do. */
export const SCOPES = ['read', 'submit', 'mark', 'manage'] as const;
export const Scope = z.enum(SCOPES).meta({
  id: 'Scope',
  description: 'read: look; submit: hand in; mark: confirm and change marks; manage: exams, releases, people',
});
export type Scope = z.infer<typeof Scope>;

/** A token may come from an older version with scopes that are no more: those count for nothing. */
export function scopesOf(names: readonly string[]): Scope[] {
  return names.flatMap((name) => {
    const scope = Scope.safeParse(name);
    return scope.success ? [scope.data] : [];
  });
}
