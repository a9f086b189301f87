import { Global, Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import { SIGN_IN, type SignIn } from '../auth/sign-in.js';
import type { Limits } from '../http/limits.js';
import type { ApiOptions } from '../options.js';
import { CLOCK, SYSTEM_CLOCK } from './clock.js';
import { Dispatch } from './dispatch.js';
import { QUEUE, type OpeningQueue } from './queue.js';
import { LIMITS, OPTIONS, RECORDS } from './tokens.js';

/** What the API stands on. */
export interface Storage {
  readonly records: Records;
  readonly queue: OpeningQueue;
  readonly signIn: SignIn;
  readonly limits: Limits;
  readonly options: ApiOptions;
}

const STORAGE = Symbol('storage');

@Global()
@Module({})
export class StorageModule {
  /** `open` is not called where the application is only described. */
  static over(open: () => Storage): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: STORAGE, useFactory: open },
        piece(RECORDS, ({ records }) => records),
        piece(QUEUE, ({ queue }) => queue),
        piece(SIGN_IN, ({ signIn }) => signIn),
        piece(LIMITS, ({ limits }) => limits),
        piece(OPTIONS, ({ options }) => options),
        {
          provide: CLOCK,
          inject: [STORAGE],
          useFactory: ({ options }: Storage) => options.clock ?? SYSTEM_CLOCK,
        },
        Dispatch,
      ],
      exports: [RECORDS, QUEUE, SIGN_IN, LIMITS, OPTIONS, CLOCK, Dispatch],
    };
  }
}

function piece<T>(provide: symbol, of: (storage: Storage) => T): FactoryProvider<T> {
  return { provide, inject: [STORAGE], useFactory: of };
}
