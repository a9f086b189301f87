import { Module } from '@nestjs/common';
import { ConnectionController } from './connection.controller.js';
import { ConnectionCookie } from './connection-cookie.js';
import { CourseRoster } from './course-roster.js';
import { CoursesController } from './courses.controller.js';
import { GradePassback } from './grade-passback.js';
import { IdTokens } from './id-token.js';
import { LaunchController } from './launch.controller.js';
import { PlatformClient } from './platform-client.js';
import { PlatformsController } from './platforms.controller.js';
import { Recognition } from './recognition.js';
import { ToolAddress } from './tool-address.js';
import { ToolKey } from './tool-key.js';

/** LTI 1.3: people come from courses, rosters are read, and released grades go back. */
@Module({
  controllers: [LaunchController, PlatformsController, CoursesController, ConnectionController],
  providers: [
    ToolKey,
    ToolAddress,
    IdTokens,
    PlatformClient,
    Recognition,
    ConnectionCookie,
    CourseRoster,
    GradePassback,
  ],
})
export class LearningPlatformsModule {}
