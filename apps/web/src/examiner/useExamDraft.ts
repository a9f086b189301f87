import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkedDraft } from '../api/exam-drafts.js';
import type { DraftPaper, DraftRemark } from '../api/types.js';
import { keepExam, keptExam, type KeptExam } from './keptExam.js';

const CHECK_AFTER_MS = 600;

export interface ExamDraft {
  readonly yaml: string;
  /** What was typed here earlier and not saved; null where the text began from what stands. */
  readonly resumed: KeptExam | null;
  /** The version that the text is made from. */
  readonly basedOn: number | null;
  readonly changed: boolean;
  /** False where the browser keeps nothing. */
  readonly kept: boolean;
  readonly remarks: readonly DraftRemark[];
  /** The paper of the text, or of the last one that was without errors. */
  readonly paper: DraftPaper | null;
  /** Whether the paper is of an earlier text. */
  readonly outdated: boolean;
  readonly checking: boolean;
  /** Why the text could not be looked through. */
  readonly fault: Error | null;
  change(yaml: string): void;
  /** Goes on from this version, with this text. */
  baseOn(version: number | null, yaml: string): void;
  /** Saved, or thrown away: nothing is kept. */
  settle(): void;
}

const NONE: readonly DraftRemark[] = [];

/** The text of an exam as it is written: kept in the browser, looked through at each pause. */
export function useExamDraft(
  person: string,
  exam: string | null,
  standing: { readonly yaml: string; readonly version: number | null },
): ExamDraft {
  const [resumed] = useState(() => {
    const kept = keptExam(person, exam);
    return kept?.yaml === standing.yaml ? null : kept;
  });
  const [yaml, setYaml] = useState(resumed?.yaml ?? standing.yaml);
  const [basedOn, setBasedOn] = useState(resumed === null ? standing.version : resumed.basedOn);
  const [kept, setKept] = useState(true);
  const [paused] = useDebouncedValue(yaml, CHECK_AFTER_MS);
  const checked = useQuery({ ...checkedDraft(paused), placeholderData: keepPreviousData });
  const [paper, setPaper] = useState<DraftPaper | null>(null);
  const found = checked.data?.paper ?? null;
  if (found !== null && found !== paper) setPaper(found);
  const changed = yaml !== standing.yaml;

  function keep(text: string, from: number | null) {
    const worth = text !== standing.yaml;
    setKept(
      keepExam(person, exam, worth ? { yaml: text, basedOn: from, at: new Date().toISOString() } : null),
    );
  }

  const current = paused === yaml && !checked.isPlaceholderData;
  return {
    yaml,
    resumed,
    basedOn,
    changed,
    kept,
    remarks: checked.data?.remarks ?? NONE,
    paper,
    outdated: paper !== null && (!current || found === null),
    checking: !current || checked.isFetching,
    fault: checked.error,
    change: (text) => {
      setYaml(text);
      keep(text, basedOn);
    },
    baseOn: (version, text) => {
      setBasedOn(version);
      keep(text, version);
    },
    settle: () => {
      keepExam(person, exam, null);
    },
  };
}
