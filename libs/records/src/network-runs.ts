import {
  type Database,
  fromJson,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  oneOf,
  storable,
  toJson,
} from './database.js';
import { NotFoundError } from './errors.js';
import { Prisma, type NetworkRun as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';

/** `ran`: it was executed. `not-run`: by decision, it was not. `fault`: the infrastructure failed; says nothing of the work. */
export const RUN_OUTCOMES = ['ran', 'not-run', 'fault'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

interface Ordered {
  readonly answerId: string;
  readonly readingId: string;
  readonly engineVersion: string;
  /** SHA-256 in hexadecimal of all that decides the result. */
  readonly orderHash: string;
  /** SHA-256 in hexadecimal of the network as it was to be executed; null where there was none. */
  readonly networkHash: string | null;
  readonly milliseconds: number;
}

export interface DeviceOfRun {
  readonly backend: string;
  readonly device: string;
  readonly seed: number;
  readonly versions: Readonly<Record<string, string>>;
}

export type NewNetworkRun = Ordered &
  (
    | {
        readonly outcome: 'ran';
        readonly on: DeviceOfRun;
        /** What marking reads. */
        readonly result: JsonValue;
        /** All that was measured. */
        readonly report: JsonValue;
      }
    | { readonly outcome: 'not-run'; readonly result: JsonValue }
    | { readonly outcome: 'fault'; readonly fault: string; readonly message: string }
  );

/** One attempt at running the network of an answer. */
export interface NetworkRun extends Ordered {
  readonly id: string;
  readonly outcome: RunOutcome;
  readonly fault: string | null;
  readonly message: string | null;
  readonly backend: string | null;
  readonly device: string | null;
  readonly seed: number | null;
  readonly versions: JsonValue | null;
  readonly result: JsonValue | null;
  readonly report: JsonValue | null;
  readonly ranAt: Date;
}

export interface NetworkRuns {
  /**
   * Writes an attempt down. An order is settled once, whoever comes first; a later attempt at it is dropped and the first
   * given back, so that all marks rest on the same numbers. Throws NotFoundError.
   */
  record(run: NewNetworkRun): Promise<NetworkRun>;
  /** The run that settles an order; null while there is none, or faults alone. */
  settling(orderHash: string): Promise<NetworkRun | null>;
  /** Every attempt for an answer, newest first. */
  history(answerId: string): Promise<readonly NetworkRun[]>;
}

export function networkRuns(db: Database): NetworkRuns {
  const settling = async (orderHash: string): Promise<NetworkRun | null> => {
    const row = await db.networkRun.findUnique({ where: { settles: orderHash } });
    return row && runOf(row);
  };
  return {
    settling,
    record: async (run) => {
      if (!isUuid(run.answerId) || !isUuid(run.readingId)) throw new NotFoundError('answer', run.answerId);
      try {
        return runOf(await db.networkRun.create({ data: columnsOf(run) }));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('answer', run.answerId);
        const first = isUniqueViolation(error) ? await settling(run.orderHash) : null;
        if (first === null) throw error;
        return first;
      }
    },
    history: async (answerId) => {
      if (!isUuid(answerId)) return [];
      const rows = await db.networkRun.findMany({
        where: { answerId },
        orderBy: [{ ranAt: 'desc' }, { id: 'desc' }],
      });
      return rows.map(runOf);
    },
  };
}

function columnsOf(run: NewNetworkRun): Prisma.NetworkRunUncheckedCreateInput {
  const { answerId, readingId, engineVersion, orderHash, networkHash, milliseconds, outcome } = run;
  const shared = {
    answerId,
    readingId,
    engineVersion,
    orderHash,
    networkHash,
    milliseconds: Math.max(0, Math.round(milliseconds)),
    outcome,
  };
  switch (run.outcome) {
    case 'fault':
      return { ...shared, fault: run.fault, message: storable(run.message) };
    case 'not-run':
      return { ...shared, settles: orderHash, result: toJson(run.result) };
    case 'ran': {
      const { backend, device, seed, versions } = run.on;
      return {
        ...shared,
        settles: orderHash,
        backend,
        device,
        seed,
        versions: toJson({ ...versions }),
        result: toJson(run.result),
        report: toJson(run.report),
      };
    }
  }
}

function runOf({ settles: _settles, ...row }: Row): NetworkRun {
  return {
    ...row,
    outcome: oneOf(RUN_OUTCOMES, row.outcome),
    versions: orNull(row.versions),
    result: orNull(row.result),
    report: orNull(row.report),
  };
}

function orNull(value: Prisma.JsonValue): JsonValue | null {
  return value === null ? null : fromJson(value);
}
