import { Inject, Injectable } from '@nestjs/common';
import { formatMarks, lintExam, totalMarks, type ExamDefinition } from '@tensormark/marking';
import type { ExamVersion, Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { Deadlines } from '../deadlines/deadlines.js';
import { notFound, Problem } from '../http/problem.js';
import { Engine } from '../marking/engine.js';
import type { ApiOptions } from '../options.js';
import { OPTIONS, RECORDS } from '../storage/tokens.js';
import { Overview } from '../submissions/overview.js';
import type { ExamPaper, ExamSummary, ExamVersionSummary, PutExamResult } from './exams.contract.js';
import { KnownExams } from './known-exams.js';
import { paperOf } from './paper.js';
import { readDefinition, recordOf } from './scheme.js';
import { Veil } from './veil.js';

@Injectable()
export class ExamsService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(OPTIONS) private readonly options: ApiOptions,
    private readonly known: KnownExams,
    private readonly overview: Overview,
    private readonly engine: Engine,
    private readonly deadlines: Deadlines,
    private readonly veil: Veil,
  ) {}

  async list(person: Person): Promise<ExamSummary[]> {
    const summaries: ExamSummary[] = [];
    const roleIn = await this.records.teams.roles(person);
    for (const { id } of await this.records.exams.list()) {
      const role = roleIn(id);
      if (role === null) continue;
      const exam = await this.known.find(id);
      const { definition } = this.known.read(exam.current);
      const { opens, deadline, yours, now } = await this.deadlines.view(exam.id, person);
      summaries.push({
        id: exam.slug,
        title: exam.title,
        version: exam.currentVersionNumber,
        totalMarks: formatMarks(totalMarks(definition)),
        questions: definition.questions.length,
        role,
        opens,
        deadline: yours ?? deadline,
        now,
        ...(role === 'student'
          ? { mySubmissions: await this.overview.attemptsOf(exam.id, person.id) }
          : { progress: await this.overview.progressOf(exam) }),
      });
    }
    return summaries;
  }

  /** Throws 403 to students before it opens. */
  async paper(name: string, person: Person): Promise<ExamPaper> {
    const exam = await this.known.find(name);
    await this.deadlines.mustBeOpen(exam.id, person);
    const paper = paperOf(exam, this.known.read(exam.current));
    return person.role === 'student' ? paper : { ...paper, order: this.veil.policy(exam).order };
  }

  async check(name: string, yaml: string): Promise<PutExamResult> {
    const definition = named(name, readDefinition(yaml));
    const exam = await this.records.exams.find(definition.exam);
    const version = exam === null ? 1 : exam.currentVersionNumber + (exam.current.source === yaml ? 0 : 1);
    return resultOf(definition, version, await this.notesOn(definition));
  }

  /** `basedOn` is the version that was changed, 0 for none; `opens` when students see an exam that is not there yet. */
  async put(
    name: string,
    yaml: string,
    by: Person,
    given: { readonly basedOn?: number; readonly opens?: Date },
  ): Promise<{ created: boolean; result: PutExamResult }> {
    const definition = named(name, readDefinition(yaml));
    // Where it is put as a new one, what stands by then is told as that.
    if (given.opens !== undefined && given.basedOn !== 0)
      if ((await this.records.exams.find(definition.exam)) !== null) throw alreadyThere(definition.exam);
    // Looked through first: what cannot be looked through must not be stored.
    const notes = await this.notesOn(definition);
    const { exam, created } = await this.records.exams.put({
      ...recordOf(definition, yaml, by.id),
      ...given,
      keptToMaker: this.options.newExams === 'team',
    });
    return { created, result: resultOf(definition, exam.currentVersionNumber, notes) };
  }

  /** The YAML of a version, and which one it is. */
  async source(name: string, asked: number | undefined): Promise<{ source: string; number: number }> {
    const exam = await this.known.find(name);
    const number = asked ?? exam.currentVersionNumber;
    if (number === exam.currentVersionNumber) return { source: exam.current.source, number };
    const summary = (await this.records.exams.versions(exam.id)).find((version) => version.number === number);
    if (summary === undefined) throw notFound('version of the exam');
    const version: ExamVersion = await this.records.exams.version(summary.id);
    return { source: version.source, number };
  }

  async versions(name: string): Promise<ExamVersionSummary[]> {
    const exam = await this.known.find(name);
    const names = new Map<string, string>();
    const versions = await this.records.exams.versions(exam.id);
    for (const { createdById } of versions) {
      if (!names.has(createdById)) {
        names.set(
          createdById,
          (await this.records.users.find(createdById))?.name ?? 'somebody no longer here',
        );
      }
    }
    return versions.map(({ number, contentHash, createdAt, createdById }) => ({
      version: number,
      hash: contentHash,
      createdAt: createdAt.toISOString(),
      createdBy: names.get(createdById) ?? '',
    }));
  }

  private async notesOn(definition: ExamDefinition): Promise<string[]> {
    const engine = await this.engine.opened();
    return lintExam(definition, engine).map(({ part, item, says }) => {
      const of = [part, item].filter((each) => each !== undefined).join(', ');
      return of === '' ? says : `${of}: ${says}`;
    });
  }
}

function resultOf(definition: ExamDefinition, version: number, notes: string[]): PutExamResult {
  const { exam, title } = definition;
  return { id: exam, version, title, totalMarks: formatMarks(totalMarks(definition)), notes };
}

function alreadyThere(exam: string): Problem {
  return new Problem(
    422,
    `The exam "${exam}" is there already, and when it opens is part of its deadlines. Change them at /api/v1/exams/${exam}/schedule.`,
    { name: 'exam-exists', title: 'This is no new exam' },
  );
}

function named(name: string, definition: ExamDefinition): ExamDefinition {
  if (definition.exam === name) return definition;
  throw new Problem(
    422,
    `The definition is of the exam "${definition.exam}", and the address names "${name}". Make them the same.`,
    {
      name: 'exam-refused',
      errors: [{ path: 'exam', message: 'is not the name in the address', expected: name }],
    },
  );
}
