import { Inject, Injectable } from '@nestjs/common';
import { partsOf, readExam, type ExamDefinition, type KeyedPart } from '@tensormark/marking';
import type { Exam, ExamVersion, Records } from '@tensormark/records';
import { notFound } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';

/** An exam version as marking understands it. */
export interface KnownVersion {
  readonly definition: ExamDefinition;
  readonly parts: readonly KeyedPart[];
  part(key: string): KeyedPart | undefined;
}

const MOST_KEPT = 200;

/** The exams in the records, read. A version never changes, so it is read once. */
@Injectable()
export class KnownExams {
  private readonly versions = new Map<string, KnownVersion>();
  private readonly ids = new Map<string, string>();

  constructor(@Inject(RECORDS) private readonly records: Records) {}

  /** Throws 404. */
  async find(exam: string): Promise<Exam> {
    const found = await this.records.exams.find(exam);
    if (found === null) throw notFound('exam');
    return found;
  }

  /** The exam's identifier, which never changes: asked of the records once, as every upload needs it. Throws 404. */
  async idOf(exam: string): Promise<string> {
    const known = this.ids.get(exam);
    if (known !== undefined) return known;
    const { id } = await this.find(exam);
    this.ids.set(exam, id);
    return id;
  }

  async byId(examVersionId: string): Promise<KnownVersion> {
    return this.versions.get(examVersionId) ?? this.read(await this.records.exams.version(examVersionId));
  }

  read(version: Pick<ExamVersion, 'id' | 'source'>): KnownVersion {
    const known = this.versions.get(version.id);
    if (known !== undefined) return known;
    const reading = readExam(version.source);
    if (reading.kind === 'refused') throw new Error(`exam version ${version.id} can no longer be read`);
    const parts = partsOf(reading.definition);
    const byKey = new Map(parts.map((part) => [part.key, part]));
    const read: KnownVersion = { definition: reading.definition, parts, part: (key) => byKey.get(key) };
    if (this.versions.size >= MOST_KEPT) this.versions.clear();
    this.versions.set(version.id, read);
    return read;
  }
}
