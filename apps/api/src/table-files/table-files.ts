import { Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { builtFile, OutOfBounds, type ThreadOptions, Threads } from '@tensormark/threads';
import type { OpenedFile } from './table.js';

/** Each takes a processor and memory; who comes third waits. */
const THREADS: ThreadOptions = {
  file: () => builtFile('apps/api/src/table-files/reading-thread'),
  threads: 2,
  seconds: 30,
  megabytes: 768,
  idleSeconds: 10,
};

/** Opens tables that people send in threads of their own, each of which is ended when it takes too long or too much memory. */
@Injectable()
export class TableFiles implements OnModuleDestroy {
  private readonly threads = new Threads<Uint8Array, OpenedFile>(THREADS);

  async open(bytes: Uint8Array): Promise<OpenedFile> {
    try {
      return await this.threads.run(bytes);
    } catch (error) {
      if (!(error instanceof OutOfBounds)) throw error;
      return {
        kind: 'refused',
        says: `Reading the file ${error.message}, and was stopped. Leave out sheets and columns that are not wanted, and choose it again.`,
      };
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.threads.close();
  }
}

@Module({ providers: [TableFiles], exports: [TableFiles] })
export class TableFilesModule {}
