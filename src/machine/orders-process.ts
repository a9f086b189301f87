import { ExecutionRunner, type DeviceChoice } from '@tensormark/execution';
import { NetworkRun, openMarkingEngine, type RunOrder } from '@tensormark/marking';
import { attemptAt, SECONDS_PER_RUN } from '../../apps/worker/src/processors/run-part.js';
import type { ResultOf, Task } from '../../apps/worker/src/threads/task.js';
import { Work } from '../../apps/worker/src/threads/work.js';

/** What `tensormark grade` asks its other process: networks to run, in order, on the best device here. */
export interface ToOrders {
  readonly orders: readonly RunOrder[];
  readonly device: DeviceChoice;
}

/** What came of one of them; sent as it comes. */
export type FromOrders =
  { readonly kind: 'run'; readonly run: NetworkRun } | { readonly kind: 'fault'; readonly message: string };

/** As often as a network of the service is surely tried again. */
const TRIES = 3;

/**
 * The body of a process that has the networks of a document run, as the service's worker does: by the same steps, so that both
 * come to the same evidence.
 */
async function serve({ orders, device }: ToOrders, tell: (said: FromOrders) => void): Promise<void> {
  const runner = new ExecutionRunner({ device });
  // The device opens while this process still loads what reads code.
  void runner.device();
  const work = new Work(await openMarkingEngine());
  const pool = {
    // Each kind of task has its own kind of result.
    run: async <Asked extends Task>(task: Asked) => work.do(task) as ResultOf<Asked>,
  };
  for (const order of orders) tell(await settle(order, { pool, runner, secondsPerRun: SECONDS_PER_RUN }));
  runner.close();
}

async function settle(order: RunOrder, tools: Parameters<typeof attemptAt>[0]): Promise<FromOrders> {
  const { signal } = new AbortController();
  let message = '';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      const { outcome } = await attemptAt(tools, { order }, { attempt, signal });
      if (outcome.outcome !== 'fault') return { kind: 'run', run: NetworkRun.parse(outcome.result) };
      message = `${outcome.fault}: ${outcome.message}`;
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
  }
  return { kind: 'fault', message };
}

process.once('message', (asked: ToOrders) => {
  void serve(asked, (said) => process.send?.(said));
});
process.on('disconnect', () => process.exit(0));
