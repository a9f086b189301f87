import { Module, StandardSchemaSerializerInterceptor, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { AnalysisModule } from './analysis/analysis.module.js';
import { AnswerGroupsModule } from './answer-groups/answer-groups.controller.js';
import { AuthGuard } from './auth/auth.guard.js';
import { AuthModule } from './auth/auth.module.js';
import { ExamRoleGuard } from './auth/exam-role.guard.js';
import { RolesGuard } from './auth/roles.guard.js';
import { ChecksModule } from './checks/checks.controller.js';
import { CohortsModule } from './cohorts/cohorts.controller.js';
import { CommentsModule } from './comments/comments.controller.js';
import { ConflictsModule } from './conflicts/conflicts.controller.js';
import { DeadlinesModule } from './deadlines/deadlines.module.js';
import { DemonstrationModule } from './demonstration/demonstration.controller.js';
import { DeviceModule } from './device/device.controller.js';
import { ExamDraftsModule } from './exam-drafts/exam-drafts.module.js';
import { ExamsModule } from './exams/exams.module.js';
import { KnownExamsModule } from './exams/known-exams.module.js';
import { FaultsModule } from './faults/faults.controller.js';
import { FlagsModule } from './flags/flags.controller.js';
import { GradeImportModule } from './grade-import/grade-import.controller.js';
import { HealthModule } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { UploadRateGuard } from './http/rates.js';
import { ValidationPipe } from './http/validation.pipe.js';
import { LearningPlatformsModule } from './learning-platforms/learning-platforms.module.js';
import { MarkingModule } from './marking/marking.module.js';
import { ModerationModule } from './moderation/moderation.module.js';
import { PeopleModule } from './people/people.module.js';
import { PeopleImportModule } from './people-import/people-import.controller.js';
import { ProgressModule } from './progress/progress.controller.js';
import { ExcusalsModule } from './excusals/excusals.controller.js';
import { ReleaseModule } from './release/release.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { SchemeChangesModule } from './scheme-changes/scheme-changes.controller.js';
import { ResumableUploadsModule } from './resumable-uploads/resumable-uploads.controller.js';
import { StorageModule, type Storage } from './storage/storage.module.js';
import { SharedPassagesModule } from './shared-passages/shared-passages.controller.js';
import { SubmissionsModule } from './submissions/submissions.module.js';
import { TeamsModule } from './teams/teams.controller.js';
import { TokensModule } from './tokens/tokens.controller.js';

@Module({})
export class ApiModule {
  static over(open: () => Storage): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        StorageModule.over(open),
        AuthModule,
        PeopleModule,
        PeopleImportModule,
        ConflictsModule,
        TokensModule,
        KnownExamsModule,
        DeadlinesModule,
        ExamsModule,
        TeamsModule,
        ExamDraftsModule,
        SubmissionsModule,
        ResumableUploadsModule,
        CohortsModule,
        ProgressModule,
        MarkingModule,
        AnswerGroupsModule,
        SharedPassagesModule,
        ChecksModule,
        CommentsModule,
        FlagsModule,
        SchemeChangesModule,
        ReleaseModule,
        ExcusalsModule,
        ReportsModule,
        GradeImportModule,
        ReviewsModule,
        LearningPlatformsModule,
        AnalysisModule,
        ModerationModule,
        FaultsModule,
        DeviceModule,
        DemonstrationModule,
        HealthModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: ExamRoleGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
        { provide: APP_GUARD, useClass: UploadRateGuard },
        { provide: APP_PIPE, useClass: ValidationPipe },
        {
          provide: APP_INTERCEPTOR,
          inject: [Reflector],
          useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
        },
      ],
    };
  }
}
