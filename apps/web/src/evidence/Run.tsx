import type { ReactNode } from 'react';
import type { Evidence } from '../api/types.js';
import { barsOf, decadesOf, lineThrough, type Frame } from './plot.js';
import classes from './run.module.css';

type Execution = Extract<Evidence, { kind: 'execution' }>;

const FRAME: Frame = { width: 220, height: 70 };

/** What a run measured: on what, from which seed, and its numbers as small plots, each with its table. */
export function Run({ run }: { run: Execution }) {
  const { backend, device, seed, versions, losses = [], gradients = [], notes = [] } = run;
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    <div className={classes.run}>
      <dl className={classes.device}>
        <dt>Device</dt>
        <dd>
          {device} ({backend})
        </dd>
        <dt>Seed</dt>
        <dd className="numbers">{seed}</dd>
        {made.length > 0 && (
          <>
            <dt>Versions</dt>
            <dd>{made.join(', ')}</dd>
          </>
        )}
      </dl>
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {(losses.length > 1 || gradients.length > 1) && (
        <div className={classes.plots}>
          {losses.length > 1 && <Losses losses={losses} />}
          {gradients.length > 1 && <Gradients gradients={gradients} />}
        </div>
      )}
    </div>
  );
}

function Losses({ losses }: { losses: readonly number[] }) {
  const steps = losses.length - 1;
  const [first = 0] = losses;
  const last = losses.at(-1) ?? 0;
  return (
    <figure className={classes.plot}>
      <figcaption>
        Loss on one batch, {steps} {steps === 1 ? 'step' : 'steps'}
      </figcaption>
      <Drawing>
        <polyline className={classes.curve} points={lineThrough(losses, FRAME)} />
      </Drawing>
      <p className={classes.range}>
        from {shown(first)} to {shown(last)}
      </p>
      <Numbers
        of="Loss before each step"
        heads={['Step', 'Loss']}
        rows={losses.map((loss, at) => [String(at), shown(loss)])}
      />
    </figure>
  );
}

function Gradients({ gradients }: { gradients: NonNullable<Execution['gradients']> }) {
  const sizes = gradients.map(({ size }) => size);
  const decades = decadesOf(sizes);
  const least = Math.min(...sizes);
  const most = Math.max(...sizes);
  return (
    <figure className={classes.plot}>
      <figcaption>Gradients of the weights, first layer to last</figcaption>
      <Drawing>
        {barsOf(sizes, FRAME).map((bar, at) => (
          <rect key={`${at} ${gradients[at]?.layer}`} className={classes.bar} {...bar} />
        ))}
      </Drawing>
      <p className={classes.range}>
        {decades === undefined
          ? 'all are 0'
          : `between ${shown(least)} and ${shown(most)}, drawn from ${tenTo(decades[0])} to ${tenTo(decades[1])} by powers of ten`}
      </p>
      <Numbers
        of="Root mean square of each layer's gradient"
        heads={['Layer', 'Gradient']}
        rows={gradients.map(({ layer, size }) => [layer, shown(size)])}
      />
    </figure>
  );
}

/** A picture of what the words and the table beside it say. */
function Drawing({ children }: { children: ReactNode }) {
  return (
    <svg
      className={classes.drawing}
      aria-hidden="true"
      viewBox={`-2 -3 ${FRAME.width + 4} ${FRAME.height + 6}`}
    >
      <path className={classes.axes} d={`M0 0V${FRAME.height}H${FRAME.width}`} />
      {children}
    </svg>
  );
}

interface NumbersProps {
  of: string;
  heads: readonly [string, string];
  rows: readonly (readonly [string, string])[];
}

/** The same as a table, for whoever reads numbers rather than pictures. */
function Numbers({ of, heads, rows }: NumbersProps) {
  return (
    <details className={classes.numbers}>
      <summary>As a table</summary>
      <table>
        <caption>{of}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value], at) => (
            <tr key={`${at} ${name}`}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function tenTo(power: number): string {
  return `1e${power}`;
}
