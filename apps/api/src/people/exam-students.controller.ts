import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { ExamName } from '../exams/exams.contract.js';
import { KnownExams } from '../exams/known-exams.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { Student } from '../submissions/submissions.contract.js';

const StudentsQuery = z.strictObject({
  search: z
    .string()
    .max(200)
    .default('')
    .meta({ description: 'Words, all of which stand in name, student number or address' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const FoundStudents = z
  .object({
    count: z.int().meta({ description: 'How many there are' }),
    students: z.array(Student).meta({ description: 'The first of them, by name' }),
  })
  .meta({ id: 'FoundStudents' });

/** One asks for more words than a name has by mistake alone. */
const MOST_WORDS = 10;

@ApiTags('people')
@Controller('api/v1/exams/:exam/students')
export class ExamStudentsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Who sits the exam, found by a part of name, student number or address' })
  @Returns(200, FoundStudents, { description: 'The first of them' })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async found(
    @Param('exam', { schema: ExamName }) name: string,
    @Query({ schema: StudentsQuery }) { search, limit }: z.output<typeof StudentsQuery>,
  ): Promise<z.infer<typeof FoundStudents>> {
    const exam = await this.known.find(name);
    const words = search.split(/\s+/u).filter(Boolean).slice(0, MOST_WORDS);
    const { count, users } = await this.records.users.ofExam(exam.id, { words, limit });
    return {
      count,
      students: users.map((user) => ({
        id: user.id,
        name: user.name,
        email: user.email,
        studentNumber: user.studentNumber,
      })),
    };
  }
}
