import { Inject, Injectable } from '@nestjs/common';
import type { Mark as RecordedMark, Records } from '@tensormark/records';
import { z } from 'zod';
import { RECORDS } from '../storage/tokens.js';
import { ItemMarks, type Mark } from './marking.contract.js';

const Breakdown = z.array(ItemMarks);

/** Marks as they are shown, with the names of those who gave them. */
@Injectable()
export class MarksView {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  async all(marks: readonly RecordedMark[]): Promise<Mark[]> {
    const names = new Map<string, string>();
    for (const { setById } of marks) {
      if (names.has(setById)) continue;
      names.set(setById, (await this.records.users.find(setById))?.name ?? 'somebody no longer here');
    }
    return marks.map((mark) => ({
      id: mark.id,
      marks: mark.marks,
      origin: mark.origin,
      reason: mark.why,
      by: names.get(mark.setById) ?? '',
      at: mark.at.toISOString(),
      items: itemsOf(mark),
    }));
  }

  async one(mark: RecordedMark | null): Promise<Mark | null> {
    return mark === null ? null : ((await this.all([mark]))[0] ?? null);
  }
}

/** Marks by rubric item, where the marker gave them. */
export function itemsOf({ breakdown }: RecordedMark): ItemMarks[] {
  const items = Breakdown.safeParse(breakdown);
  return items.success ? items.data : [];
}
