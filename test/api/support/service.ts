import { readFile } from 'node:fs/promises';
import { startApi, type ApiOptions, type RunningApi } from '../../../apps/api/src/index.js';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.js';
import { Client } from './client.js';

export type Somebody = 'student' | 'rival' | 'marker' | 'colleague' | 'examiner';

/** The people of the tests; `rival` is another student, `colleague` another marker. */
export const PEOPLE: Readonly<Record<Somebody, { role: 'student' | 'marker' | 'examiner'; name: string }>> = {
  student: { role: 'student', name: 'Ada Student' },
  rival: { role: 'student', name: 'Bela Rival' },
  marker: { role: 'marker', name: 'Cleo Marker' },
  colleague: { role: 'marker', name: 'Dora Colleague' },
  examiner: { role: 'examiner', name: 'Emil Examiner' },
};

export const PASSWORD = 'a-long-enough-password';
export const emailOf = (who: Somebody): string => `${who}@example.org`;

/** A running API over a database of its own. */
export interface Service {
  readonly api: RunningApi;
  readonly database: TestDatabase;
  readonly anonymous: Client;
  /** Signed in once and remembered. */
  as(who: Somebody): Promise<Client>;
  close(): Promise<void>;
}

/** Limits that no test meets unless it means to. */
const GENEROUS = { signInsPerAccount: 1000, signInsPerAddress: 10_000, uploadsPerMinute: 10_000 };

export async function startService(options: Partial<ApiOptions> = {}): Promise<Service> {
  const database = await createTestDatabase();
  const api = await startApi({
    databaseUrl: database.databaseUrl,
    host: '127.0.0.1',
    port: 0,
    secret: 'a secret for tests alone, of sufficient length',
    device: { kind: 'none', passedOver: [] },
    logLevel: 'silent',
    docsPages: false,
    ...options,
    limits: { ...GENEROUS, ...options.limits },
  });
  await Promise.all(
    Object.entries(PEOPLE).map(([who, { role, name }]) =>
      api.addPerson({ role, name, email: `${who}@example.org`, password: PASSWORD }),
    ),
  );
  const anonymous = new Client(api.url);
  const signedIn = new Map<Somebody, Promise<Client>>();
  return {
    api,
    database,
    anonymous,
    as: (who) => {
      const client = signedIn.get(who) ?? anonymous.signIn(emailOf(who), PASSWORD);
      signedIn.set(who, client);
      return client;
    },
    close: async () => {
      await api.close();
      await database.drop();
    },
  };
}

const EXAMPLES = new URL('../../../examples/demonstration/', import.meta.url);

export const demonstrationExam = (): Promise<string> => readFile(new URL('exam.yaml', EXAMPLES), 'utf8');
export const demonstrationAnswers = (): Promise<string> => readFile(new URL('answers.md', EXAMPLES), 'utf8');
