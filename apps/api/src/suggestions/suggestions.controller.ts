import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { AnswerId } from '../marking/marking.contract.js';
import { MarkedExamples } from './marked-examples.js';
import {
  ItemAcceptance,
  MarkedExample,
  NewSuggestionDecision,
  SuggestionDecision,
} from './suggestions.contract.js';
import { Suggestions } from './suggestions.js';

@ApiTags('marking')
@Controller('api/v1/answers/:answer/suggestions')
export class SuggestionsController {
  constructor(private readonly suggestions: Suggestions) {}

  @Post()
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Accept or reject what is suggested for an item; marks are not touched' })
  @Returns(201, SuggestionDecision, { description: 'What stands now' })
  @Refuses(
    [404, 'No such answer'],
    [409, 'The proposal has changed meanwhile'],
    [422, 'Invalid body, or nothing is suggested for the item'],
  )
  decide(
    @Param('answer', { schema: AnswerId }) answer: string,
    @Body({ schema: NewSuggestionDecision }) decision: NewSuggestionDecision,
    @SignedIn() person: Person,
  ): Promise<SuggestionDecision> {
    return this.suggestions.decide(answer, decision, person);
  }
}

@ApiTags('marking')
@Controller('api/v1/answers/:answer/marked-examples')
export class MarkedExamplesController {
  constructor(private readonly examples: MarkedExamples) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'Where an essay says the same as sentences that markers accepted in other answers',
  })
  @Returns(200, MarkedExample, {
    description:
      'At most one for each item; none before five answers to the part are marked by the scheme in force',
    list: true,
  })
  @Refuses([404, 'No such answer'])
  list(
    @Param('answer', { schema: AnswerId }) answer: string,
    @SignedIn() person: Person,
  ): Promise<MarkedExample[]> {
    return this.examples.of(answer, person);
  }
}

@ApiTags('reports')
@Controller('api/v1/exams/:exam/suggestion-acceptance')
export class SuggestionAcceptanceController {
  constructor(private readonly suggestions: Suggestions) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'How often markers accepted what was suggested, by rubric item' })
  @Returns(200, ItemAcceptance, {
    description: 'Items on whose suggestions somebody has decided',
    list: true,
  })
  @Refuses([404, 'No such exam'])
  acceptance(@Param('exam', { schema: ExamName }) exam: string): Promise<ItemAcceptance[]> {
    return this.suggestions.acceptance(exam);
  }
}
