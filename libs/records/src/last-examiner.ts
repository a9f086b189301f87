import type { Session } from './database.js';
import { InvalidRecordError } from './errors.js';

/**
 * Before somebody ceases to be an examiner, in the transaction that makes it so. Two at once wait for each other, so that
 * two examiners who take the role from one another do not leave a service without any. Throws InvalidRecordError.
 */
export async function mustLeaveAnExaminer(tx: Session, userId: string): Promise<void> {
  const examiners = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM users WHERE role = 'examiner' AND banned IS NOT TRUE ORDER BY id FOR UPDATE`;
  if (examiners.length === 1 && examiners[0]?.id === userId)
    throw new InvalidRecordError(
      'This is the last examiner here. Make somebody else examiner first; nothing was changed.',
    );
}
