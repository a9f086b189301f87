import { Module } from '@nestjs/common';
import { Names } from '../marking/names.js';
import { PlannedReleases } from './planned-releases.js';
import { PlannedReleaseController, ReleaseController } from './release.controller.js';

@Module({
  controllers: [ReleaseController, PlannedReleaseController],
  providers: [PlannedReleases, Names],
})
export class ReleaseModule {}
