import { Inject, Injectable } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { RECORDS } from '../storage/tokens.js';
import type { Desk } from './marking.contract.js';

/** How long an answer stays on a desk when nobody prolongs it: a page prolongs while it is open. */
const HOLD_SECONDS = 10 * 60;

/** On whose desk answers lie, so that colleagues take others. */
@Injectable()
export class Desks {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  async take(answerId: string, person: Person): Promise<Desk> {
    const hold = await this.records.holds.take({ answerId, by: person.id, seconds: HOLD_SECONDS });
    const yours = hold.holderId === person.id;
    return {
      yours,
      heldBy: yours ? person.name : await this.nameOf(hold.holderId),
      until: hold.until.toISOString(),
    };
  }

  free(answerId: string, person: Person): Promise<void> {
    return this.records.holds.free({ answerId, by: person.id });
  }

  /** Which of the answers lie on somebody else's desk, by name. */
  async others(answerIds: readonly string[], person: Person): Promise<ReadonlyMap<string, string>> {
    const holds = await this.records.holds.of(answerIds);
    const names = new Map<string, string>();
    const others = new Map<string, string>();
    for (const { answerId, holderId } of holds.values()) {
      if (holderId === person.id) continue;
      const name = names.get(holderId) ?? (await this.nameOf(holderId));
      names.set(holderId, name);
      others.set(answerId, name);
    }
    return others;
  }

  private async nameOf(id: string): Promise<string> {
    return (await this.records.users.find(id))?.name ?? 'somebody no longer here';
  }
}
