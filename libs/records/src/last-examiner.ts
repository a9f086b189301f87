import type { Session } from './database.js';
import { InvalidRecordError } from './errors.js';

/**
 * Before somebody, or several, cease to be examiners, in the transaction that makes it so. Two at once wait for each other, so that
 * two examiners who take the role from one another do not leave a service without any. Throws InvalidRecordError.
 */
export async function mustLeaveAnExaminer(tx: Session, leaving: string | readonly string[]): Promise<void> {
  const examiners = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM users WHERE role = 'examiner' AND banned IS NOT TRUE ORDER BY id FOR UPDATE`;
  const gone = new Set([leaving].flat());
  if (examiners.some(({ id }) => gone.has(id)) && examiners.every(({ id }) => gone.has(id)))
    throw new InvalidRecordError(
      'This is the last examiner here. Make somebody else examiner first; nothing was changed.',
    );
}
