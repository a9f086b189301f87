import { Injectable } from '@nestjs/common';
import { openMarkingEngine, type MarkingEngine } from '@tensormark/marking';

/** The marking engine, for what it says about schemes; opened at the first need. */
@Injectable()
export class Engine {
  private opening: Promise<MarkingEngine> | undefined;

  opened(): Promise<MarkingEngine> {
    this.opening ??= openMarkingEngine();
    return this.opening;
  }
}
