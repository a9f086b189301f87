import { Inject, Injectable } from '@nestjs/common';
import type { Records, Submission } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { notFound } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';

/** Which submissions are open to whom: to students their own, to markers and examiners all but those of whom they must not mark. */
@Injectable()
export class OpenSubmissions {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  /** Throws 404, for what is not there and for what is another student's; ConflictOfInterestError. */
  async find(id: string, person: Person): Promise<Submission> {
    const submission = await this.records.submissions.find(id);
    if (submission === null) throw notFound('submission');
    if (person.role === 'student' && submission.studentId !== person.id) throw notFound('submission');
    if (person.role !== 'student') await this.records.conflicts.check(person.id, submission.studentId);
    return submission;
  }

  /** Writes down that somebody of the staff looked at a student's work. */
  async viewed(
    person: Person,
    objectType: 'submission' | 'answer',
    objectId: string,
    what: string,
  ): Promise<void> {
    await this.viewedAll(person, objectType, [objectId], what);
  }

  /** The same of several that are shown at once. */
  async viewedAll(
    person: Person,
    objectType: 'submission' | 'answer',
    objectIds: readonly string[],
    what: string,
  ): Promise<void> {
    if (person.role === 'student' || objectIds.length === 0) return;
    await this.records.audit.recordAll(
      [...new Set(objectIds)].map((objectId) => ({
        actorId: person.id,
        action: 'script-viewed',
        objectType,
        objectId,
        details: { what },
      })),
    );
  }
}
