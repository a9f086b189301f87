import { Inject, Injectable } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import { RECORDS } from '../storage/tokens.js';

/** What colleagues are called by. */
@Injectable()
export class Names {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  /** The name of each of these people, each looked up once; whoever is gone is called so. */
  async of(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const id of new Set(ids)) {
      names.set(id, (await this.records.users.find(id))?.name ?? 'somebody no longer here');
    }
    return names;
  }
}
