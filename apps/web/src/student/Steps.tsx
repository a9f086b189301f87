import type { Progress } from './useProgress.js';
import classes from './student.module.css';

const STEPS = [
  ['received', 'Received'],
  ['reading', 'Being read'],
  ['split', 'Cut into answers'],
  ['marking', 'Looked through'],
] as const;

/** How far the machine is with what was handed in; that it was received is known before anything is told. */
export function Steps({ progress }: { progress: Progress | null }) {
  const at = STEPS.findIndex(([step]) => step === (progress?.step ?? 'received'));
  return (
    <ol className={classes.steps}>
      {STEPS.map(([step, says], index) => (
        <li
          key={step}
          data-step={at === -1 || index < at ? 'done' : index === at ? 'now' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          {says}
          {step === 'marking' && progress !== null && ` (${progress.marked} of ${progress.parts})`}
        </li>
      ))}
    </ol>
  );
}
