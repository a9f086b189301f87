import { Inject, Injectable } from '@nestjs/common';
import type { InTheWay, Records, ReleasePlan as Recorded } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Problem } from '../http/problem.js';
import { Names } from '../marking/names.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { RECORDS } from '../storage/tokens.js';
import { HELD_BECAUSE, type NewReleasePlan, type ReleasePlan, type Withholding } from './release.contract.js';

/** Releases that wait for their time, and results that are kept back. A worker carries the plans out. */
@Injectable()
export class PlannedReleases {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly known: KnownExams,
    private readonly names: Names,
  ) {}

  async of(examName: string): Promise<ReleasePlan> {
    const { id } = await this.known.find(examName);
    const plan = await this.records.releasePlans.of(id);
    return {
      plan: await this.shown(plan),
      inTheWay: inWords(await this.records.releasePlans.inTheWay(id)),
      withheld: await this.withheld(id),
    };
  }

  async plan(examName: string, { at, zone }: NewReleasePlan, person: Person): Promise<ReleasePlan> {
    const { id } = await this.known.find(examName);
    const dueAt = new Date(at);
    if (dueAt <= this.clock.now())
      throw new Problem(422, 'This time is past. Release the marks now, or name a time to come.', {
        name: 'time-past',
      });
    await this.records.releasePlans.plan({ examId: id, dueAt, zone, by: person.id });
    return this.of(examName);
  }

  async cancel(examName: string, person: Person): Promise<ReleasePlan> {
    const { id } = await this.known.find(examName);
    await this.records.releasePlans.cancel({ examId: id, by: person.id });
    return this.of(examName);
  }

  async withhold(
    examName: string,
    studentId: string,
    { withheld, reason }: Withholding,
    person: Person,
  ): Promise<ReleasePlan> {
    const { id } = await this.known.find(examName);
    const request = { examId: id, studentId, why: reason, by: person.id };
    await (withheld
      ? this.records.withheldResults.withhold(request)
      : this.records.withheldResults.letGo(request));
    return this.of(examName);
  }

  private async shown(plan: Recorded | null): Promise<ReleasePlan['plan']> {
    if (plan === null || (plan.action !== 'planned' && plan.action !== 'held')) return null;
    const names = await this.names.of([plan.byId]);
    return {
      at: plan.dueAt.toISOString(),
      zone: plan.zone,
      state: plan.action,
      because: inWords(plan.because),
      by: names.get(plan.byId) ?? '',
    };
  }

  private async withheld(examId: string): Promise<ReleasePlan['withheld']> {
    const withheld: ReleasePlan['withheld'] = [];
    for (const { studentId, why, byName, at } of await this.records.withheldResults.ofExam(examId)) {
      const student = await this.records.users.find(studentId);
      if (student === null) continue;
      const { id, name, email, studentNumber } = student;
      withheld.push({
        student: { id, name, email, studentNumber },
        reason: why,
        by: byName,
        since: at.toISOString(),
      });
    }
    return withheld;
  }
}

function inWords(inTheWay: readonly InTheWay[]): ReleasePlan['inTheWay'] {
  return inTheWay.map(({ reason, submissions }) => ({ reason, why: HELD_BECAUSE[reason], submissions }));
}
