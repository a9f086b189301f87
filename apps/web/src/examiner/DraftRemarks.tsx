import type { DraftRemark } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { Notice, placeOf, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import classes from './definition.module.css';
import type { ExamDraft } from './useExamDraft.js';

/** How many remarks there are of each kind, in words. */
export function remarksInWords(remarks: readonly DraftRemark[]): string {
  const errors = remarks.filter(({ severity }) => severity === 'error').length;
  const advice = remarks.length - errors;
  const words = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(advice > 0 ? [count(advice, 'piece of advice', 'pieces of advice')] : []),
  ];
  return words.length === 0 ? 'Nothing to mend' : words.join(', ');
}

/** What is to be mended and what might be, each a way to its line. */
export function DraftRemarks({
  draft: { remarks, fault, paper },
  onGo,
}: {
  draft: ExamDraft;
  onGo: (remark: DraftRemark) => void;
}) {
  const errors = remarks.filter(({ severity }) => severity === 'error');
  const advice = remarks.filter(({ severity }) => severity === 'advice');
  return (
    <div className={classes.stack}>
      {fault !== null && <Problem error={fault} what="The exam could not be looked through" />}
      {errors.length > 0 && (
        <Notice
          tone="fault"
          title={
            errors.length === 1 ? 'One thing is to be mended' : `${errors.length} things are to be mended`
          }
        >
          <RemarkList remarks={errors} onGo={onGo} />
        </Notice>
      )}
      {advice.length > 0 && (
        <Notice tone="unsure" title="Worth a look before anyone sits the exam">
          <RemarkList remarks={advice} onGo={onGo} />
        </Notice>
      )}
      {errors.length === 0 && fault === null && paper !== null && (
        <Notice
          tone={advice.length === 0 ? 'final' : 'plain'}
          title={advice.length === 0 ? 'The exam is sound' : 'The exam can be saved as it is'}
        >
          <p>
            {paper.title}, {inMarks(paper.totalMarks)} in all.
          </p>
        </Notice>
      )}
    </div>
  );
}

function RemarkList({
  remarks,
  onGo,
}: {
  remarks: readonly DraftRemark[];
  onGo: (remark: DraftRemark) => void;
}) {
  return (
    <ul className={classes.faults}>
      {remarks.map((remark) => (
        <li key={`${placeOf(remark)} ${remark.message}`}>
          <button type="button" onClick={() => onGo(remark)} data-severity={remark.severity}>
            <span className={classes.place}>{placeOf(remark)}</span>
            <span>{remark.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
