import { Module } from '@nestjs/common';
import { MarkedExamples } from '../suggestions/marked-examples.js';
import { Suggestions } from '../suggestions/suggestions.js';
import {
  MarkedExamplesController,
  SuggestionAcceptanceController,
  SuggestionsController,
} from '../suggestions/suggestions.controller.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { Basis } from './basis.js';
import { Desks } from './desks.js';
import { Engine } from './engine.js';
import { AnswersController, MarkingQueueController } from './marking.controller.js';
import { MarkingQueueView } from './marking-queue.js';
import { MarkingService } from './marking.service.js';
import { MarksView } from './marks-view.js';
import { Names } from './names.js';

@Module({
  imports: [SubmissionsModule],
  controllers: [
    MarkingQueueController,
    AnswersController,
    SuggestionsController,
    SuggestionAcceptanceController,
    MarkedExamplesController,
  ],
  providers: [
    MarkingService,
    MarkingQueueView,
    MarksView,
    Basis,
    Desks,
    Names,
    Engine,
    Suggestions,
    MarkedExamples,
  ],
  exports: [MarkingService, MarksView, Basis, Desks, Names, Engine, SubmissionsModule],
})
export class MarkingModule {}
