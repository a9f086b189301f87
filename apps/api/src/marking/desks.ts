import { Inject, Injectable } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { RECORDS } from '../storage/tokens.js';
import type { Desk } from './marking.contract.js';
import { Names } from './names.js';

/** How long an answer stays on a desk when nobody prolongs it: a page prolongs while it is open. */
const HOLD_SECONDS = 10 * 60;

/** On whose desk answers lie, so that colleagues take others. */
@Injectable()
export class Desks {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly names: Names,
  ) {}

  async take(answerId: string, person: Person): Promise<Desk> {
    const hold = await this.records.holds.take({ answerId, by: person.id, seconds: HOLD_SECONDS });
    const names = await this.names.of([hold.holderId]);
    return {
      yours: hold.holderId === person.id,
      heldBy: names.get(hold.holderId) ?? '',
      until: hold.until.toISOString(),
    };
  }

  free(answerId: string, person: Person): Promise<void> {
    return this.records.holds.free({ answerId, by: person.id });
  }

  /** Which of the answers lie on somebody else's desk, by name. */
  async others(answerIds: readonly string[], person: Person): Promise<ReadonlyMap<string, string>> {
    const holds = [...(await this.records.holds.of(answerIds)).values()].filter(
      ({ holderId }) => holderId !== person.id,
    );
    const names = await this.names.of(holds.map(({ holderId }) => holderId));
    return new Map(holds.map(({ answerId, holderId }) => [answerId, names.get(holderId) ?? '']));
  }
}
