import { Injectable } from '@nestjs/common';
import type { Mark as RecordedMark, PastMark, SecondMark } from '@tensormark/records';
import { z } from 'zod';
import { ItemMarks, type Mark } from './marking.contract.js';
import { Names } from './names.js';

const Breakdown = z.array(ItemMarks);

/** Marks as they are shown, with the names of those who gave them. */
@Injectable()
export class MarksView {
  constructor(private readonly names: Names) {}

  async all(marks: readonly RecordedMark[]): Promise<Mark[]> {
    const names = await this.names.of(marks.map(({ setById }) => setById));
    return marks.map((mark) => ({
      id: mark.id,
      marks: mark.marks,
      origin: mark.origin,
      reason: mark.why,
      by: names.get(mark.setById) ?? '',
      at: mark.at.toISOString(),
      items: itemsOf(mark),
      takenBack: null,
    }));
  }

  /** Those that an answer ever had, with who took which back. */
  async past(marks: readonly PastMark[]): Promise<Mark[]> {
    const names = await this.names.of(marks.flatMap(({ withdrawal }) => withdrawal?.byId ?? []));
    const views = await this.all(marks);
    return views.map((view, at) => {
      const { withdrawal = null } = marks[at] ?? {};
      if (withdrawal === null) return view;
      const { byId, at: when, why } = withdrawal;
      return { ...view, takenBack: { by: names.get(byId) ?? '', at: when.toISOString(), reason: why } };
    });
  }

  /** Those of second markers, who set none that stands by itself. */
  async ofSecond(marks: readonly SecondMark[]): Promise<Mark[]> {
    const names = await this.names.of(marks.map(({ setById }) => setById));
    return marks.map((mark) => ({
      id: mark.id,
      marks: mark.marks,
      origin: 'set',
      reason: mark.why,
      by: names.get(mark.setById) ?? '',
      at: mark.at.toISOString(),
      items: itemsOf(mark),
      takenBack: null,
    }));
  }

  async one(mark: RecordedMark | null): Promise<Mark | null> {
    return mark === null ? null : ((await this.all([mark]))[0] ?? null);
  }
}

/** Marks by rubric item, where the marker gave them. */
export function itemsOf({ breakdown }: Pick<RecordedMark, 'breakdown'>): ItemMarks[] {
  const items = Breakdown.safeParse(breakdown);
  return items.success ? items.data : [];
}
