import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { readYaml } from '../exams/scheme.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { MarkingModule } from '../marking/marking.module.js';
import {
  NewSchemeChange,
  PendingScheme,
  PreviewQuery,
  SchemeChange,
  SchemePreview,
  UndoSchemeChange,
} from './scheme-changes.contract.js';
import { SchemeChangesService } from './scheme-changes.service.js';

@ApiTags('scheme changes')
@Controller('api/v1/exams/:exam/scheme-changes')
class SchemeChangesController {
  constructor(private readonly changes: SchemeChangesService) {}

  @Get()
  @OpenTo(['examiner'], 'read')
  @ApiOperation({ summary: 'All changes of the scheme and their undoing, newest first' })
  @Returns(200, SchemeChange, { description: 'Changes', list: true })
  @Refuses([404, 'No such exam'])
  list(@Param('exam', { schema: ExamName }) exam: string): Promise<SchemeChange[]> {
    return this.changes.list(exam);
  }

  @Post('preview')
  @OpenTo(['examiner'], 'manage')
  @ApiConsumes('application/yaml')
  @ApiBody({ schema: { type: 'string' }, required: true })
  @ApiOperation({
    summary:
      'Mark everything handed in by a changed version, to see what it would change; changes nothing yet',
  })
  @Returns(201, SchemePreview, { description: 'What it would change, as far as it has been marked' })
  @Refuses(
    [404, 'No such exam'],
    [413, 'The definition is too large'],
    [415, 'Not sent as application/yaml'],
    [422, 'The definition is wrong, has other parts, or the scheme in force'],
  )
  stage(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body() body: unknown,
    @SignedIn() person: Person,
  ): Promise<SchemePreview> {
    if (!Buffer.isBuffer(body))
      throw new Problem(415, 'Send the changed definition as YAML, with the content type application/yaml.', {
        name: 'unsupported-media-type',
      });
    return this.changes.stage(exam, readYaml(body), person);
  }

  @Get('preview')
  @OpenTo(['examiner'], 'read')
  @ApiOperation({ summary: 'Who would change and by how much, who comes to another grade, whose mark stays' })
  @Returns(200, PendingScheme, { description: 'What the changed version put up last would change' })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  preview(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: PreviewQuery }) { confirmed }: PreviewQuery,
  ): Promise<PendingScheme> {
    return this.changes.pending(exam, confirmed);
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Apply what was looked at, as one change' })
  @Returns(201, SchemeChange, { description: 'The change' })
  @Refuses(
    [404, 'No such exam, or not the draft that was put up last'],
    [409, 'Not marked whole yet, the exam was changed since, or people gave more than a part would give'],
    [422, 'Invalid body'],
  )
  apply(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: NewSchemeChange }) change: NewSchemeChange,
    @SignedIn() person: Person,
  ): Promise<SchemeChange> {
    return this.changes.apply(exam, change, person);
  }

  @Post(':change/undo')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Undo the latest change, as a change of its own' })
  @Returns(201, SchemeChange, { description: 'The change that undoes it' })
  @Refuses([404, 'No such exam or change'], [409, 'Not the latest, or undone already'], [422, 'Invalid body'])
  undo(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('change', { schema: z.uuid() }) change: string,
    @Body({ schema: UndoSchemeChange }) { why }: UndoSchemeChange,
    @SignedIn() person: Person,
  ): Promise<SchemeChange> {
    return this.changes.undo(exam, change, why, person);
  }
}

@Module({
  imports: [MarkingModule],
  controllers: [SchemeChangesController],
  providers: [SchemeChangesService],
})
export class SchemeChangesModule {}
