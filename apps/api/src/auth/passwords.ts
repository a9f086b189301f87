import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** Begins what is kept of a password that was made up here. */
const MADE_UP = 'made-up';

/** 120 random bits, to be read off a screen once; never such that a spreadsheet takes it for a formula. */
export function randomPassword(): string {
  for (;;) {
    const password = randomBytes(15).toString('base64url');
    if (!password.startsWith('-')) return password;
  }
}

/**
 * What is kept of a password that was made up here, for many at once. Nobody guesses 120 random bits, however quick each
 * guess is: the slow hash that keeps people's own passwords from being guessed would take minutes for a year of students.
 */
export function hashOfRandom(password: string): string {
  const salt = randomBytes(16).toString('hex');
  return `${MADE_UP}:${salt}:${digest(salt, password)}`;
}

/** Whether this is the password. Takes as long for either kind, so that nobody learns by the time which it is. */
export async function isPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [kind, salt = '', kept = ''] = hash.split(':');
  if (kind !== MADE_UP) return verifyPassword({ hash, password });
  await hashPassword(password);
  const [one, other] = [Buffer.from(kept, 'hex'), Buffer.from(digest(salt, password), 'hex')];
  return one.length === other.length && timingSafeEqual(one, other);
}

function digest(salt: string, password: string): string {
  return createHash('sha256').update(`${salt}:${password}`).digest('hex');
}
