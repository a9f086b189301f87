import type { Records, User } from '@tensormark/records';
import { readDefinition, recordOf } from '../exams/scheme.js';
import { randomPassword } from '../auth/passwords.js';
import type { People } from '../people/people.js';
import { FIGURES, isLoopback, type DemonstrationAccount } from './accounts.js';

/** What seeding needs of a running API. */
export interface Seedable {
  readonly people: People;
  readonly records: Records;
  readonly host: string;
}

/**
 * Puts the demonstration's people and exam where they are not there yet. On a loopback address the passwords are known
 * to everybody; elsewhere they are made up at random each time and told to the caller alone. Everything else that
 * was done with the demonstration stays.
 */
export async function seed(
  { people, records, host }: Seedable,
  examYaml: string,
): Promise<readonly DemonstrationAccount[]> {
  const accounts: DemonstrationAccount[] = [];
  const users = new Map<string, User>();
  for (const { openPassword, ...figure } of FIGURES) {
    const password = isLoopback(host) ? openPassword : randomPassword();
    const known = await records.users.findByEmail(figure.email);
    if (known !== null) await people.setPassword(known.id, password);
    users.set(figure.role, known ?? (await people.add({ ...figure, password }, null)));
    accounts.push({ role: figure.role, email: figure.email, password });
  }
  const [student, examiner] = [users.get('student'), users.get('examiner')];
  if (student === undefined || examiner === undefined) throw new Error('the demonstration lacks its people');
  const { exam } = await records.exams.put(recordOf(readDefinition(examYaml), examYaml, examiner.id));
  await records.exams.enrol(exam.id, [student.id], examiner.id);
  return accounts;
}
