import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Evidence } from '../api/types.js';
import { edgesOf, type Arc } from './edges.js';
import classes from './graph.module.css';

type NetworkGraph = Extract<Evidence, { kind: 'graph' }>;
type Step = NetworkGraph['steps'][number];

/** In tenths of a row's height, which the style sheet gives. */
const ROW = 10;
const LANE = 2.6;
const BEND = 1.6;

/** Longer than this it is opened by who wants it. */
const AT_ONCE = 24;

/** The network as it was read: each step with what comes out of it, and lines from step to step beside them. */
export function Graph({ graph: { steps } }: { graph: NetworkGraph }) {
  const { straight, arcs, lanes } = edgesOf(steps);
  const spine = lanes * LANE + 1.6;
  const width = spine + 1.4;
  return (
    <details className={classes.graph} open={steps.length <= AT_ONCE}>
      <summary>Its graph, with shapes</summary>
      <div className={classes.drawn}>
        <svg
          aria-hidden="true"
          className={classes.lines}
          viewBox={`0 0 ${width} ${steps.length * ROW}`}
          style={{ '--width': width / ROW, '--steps': steps.length } as CSSProperties}
        >
          {straight.map((from) => (
            <path key={from} d={`M${spine} ${middle(from)}V${middle(from + 1)}`} />
          ))}
          {arcs.map((arc) => (
            <path key={`${arc.from} ${arc.to}`} d={past(arc, spine)} />
          ))}
          {steps.map((_, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place here
            <circle key={at} cx={spine} cy={middle(at)} r={0.9} />
          ))}
        </svg>
        <ol className={classes.steps}>
          {steps.map((step, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place here
            <li key={at} title={step.line === undefined ? undefined : `Line ${step.line}`}>
              <StepRow step={step} at={at} steps={steps} />
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}

const middle = (step: number) => (step + 0.5) * ROW;

function past({ from, to, lane }: Arc, spine: number): string {
  const x = spine - (lane + 1) * LANE;
  const [top, bottom] = [middle(from), middle(to)];
  return `M${spine} ${top}H${x + BEND}Q${x} ${top} ${x} ${top + BEND}V${bottom - BEND}Q${x} ${bottom} ${x + BEND} ${bottom}H${spine}`;
}

function StepRow({ step, at, steps }: { step: Step; at: number; steps: readonly Step[] }) {
  const { operation, name, from, shapes, parameters, raises } = step;
  const isNext = from.length === 1 && from[0] === at - 1;
  return (
    <>
      <span className={classes.operation}>
        <b>{operation}</b>
        {name !== undefined && <code>{name}</code>}
        {raises !== undefined && <span className={classes.raises}>raises {raises}</span>}
      </span>
      <span className={classes.shape}>
        {shapes.map((shape) => shape.join(' × ')).join(' and ')}
        {parameters !== undefined && (
          <span className={classes.parameters}>
            {parameters.toLocaleString('en-GB')} {parameters === 1 ? 'parameter' : 'parameters'}
          </span>
        )}
      </span>
      {!isNext && from.length > 0 && (
        <VisuallyHidden>
          from {from.map((source) => `step ${source + 1}, ${steps[source]?.operation ?? ''}`).join(' and ')}
        </VisuallyHidden>
      )}
    </>
  );
}
