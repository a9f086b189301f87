import type { Records } from '@tensormark/records';
import type { ExamSource } from '../threads/task.js';

const MOST_KEPT = 20;

/** The sources of exam versions, which never change, kept after the first reading. */
export class ExamSources {
  private readonly kept = new Map<string, ExamSource>();

  constructor(private readonly records: Records) {}

  async get(examVersionId: string): Promise<ExamSource> {
    const known = this.kept.get(examVersionId);
    if (known !== undefined) return known;
    const source = { examVersionId, yaml: (await this.records.exams.version(examVersionId)).source };
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(examVersionId, source);
    return source;
  }
}
