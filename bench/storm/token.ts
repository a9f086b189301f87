import type { Records } from '@tensormark/records';

const A_DAY_MS = 86_400_000;

/** A token for the interface, with which somebody may do what these scopes say. */
export async function tokenOf(records: Records, userId: string, scopes: readonly string[]): Promise<string> {
  const expiresAt = new Date(Date.now() + A_DAY_MS);
  const { secret } = await records.apiTokens.create({
    userId,
    name: 'bench',
    scopes: [...scopes],
    expiresAt,
  });
  return secret;
}
