import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What one process counts, in Prometheus's terms. */
export interface Metrics {
  /** A request was answered. `route` is the pattern, never the address, so that no id gets into a name. */
  answered(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** A worker ended a task: done, or failed and to be tried again. */
  ended(task: string, outcome: 'done' | 'failed', seconds: number): void;
  /** A task has failed for good. */
  fault(task: string): void;
  /** A number, or one for each value of a label, that is read whenever somebody asks. A reading that fails is left out. */
  gauge(
    named: { readonly name: string; readonly help: string; readonly label?: string },
    read: () => Promise<number | Readonly<Record<string, number>>>,
  ): void;
  /** Everything, in the text format. */
  text(): Promise<{ readonly contentType: string; readonly content: string }>;
}

/** Up to the two seconds in which an upload is to be acknowledged, and what would be far too long. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
/** From one numeric answer to a document that takes all it may. */
const TASK_BUCKETS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120];

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'tensormark_request_seconds',
    help: 'Seconds that requests took to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const tasks = new Histogram({
    name: 'tensormark_task_seconds',
    help: 'Seconds that tasks of marking took, by how they ended',
    labelNames: ['task', 'outcome'],
    buckets: TASK_BUCKETS,
    registers,
  });
  const faults = new Counter({
    name: 'tensormark_faults_total',
    help: 'Tasks given up after all tries; none of them has a mark',
    labelNames: ['task'],
    registers,
  });
  const unreadable = new Counter({
    name: 'tensormark_unreadable_total',
    help: 'Gauges that could not be read when asked for',
    labelNames: ['metric'],
    registers,
  });
  return {
    answered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    ended: (task, outcome, seconds) => tasks.observe({ task, outcome }, seconds),
    fault: (task) => faults.inc({ task }),
    gauge: ({ name, help, label }, read) => {
      const gauge = new Gauge({
        name,
        help,
        labelNames: label === undefined ? [] : [label],
        registers: [],
        async collect() {
          // What was true a minute ago may not be: a value that cannot be read anew is none.
          if (label === undefined) this.remove();
          else this.reset();
          try {
            const values = await read();
            if (typeof values === 'number') this.set(values);
            else for (const [of, value] of Object.entries(values)) this.set({ [label ?? 'of']: of }, value);
          } catch {
            unreadable.inc({ metric: name });
          }
        },
      });
      registry.registerMetric(gauge);
    },
    text: async () => ({ contentType: registry.contentType, content: await registry.metrics() }),
  };
}
