import { useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { ProblemEntry } from '../api/problem.js';
import classes from './definition.module.css';

export interface YamlEditorHandle {
  /** Puts the cursor there; lines and columns count from one. */
  goTo(line: number, column: number): void;
}

interface YamlEditorProps {
  ref?: Ref<YamlEditorHandle>;
  value: string;
  onChange: (value: string) => void;
  faults: readonly ProblemEntry[];
}

/** A plain text field with line numbers, the faulty ones marked. Tab leaves it, as everywhere on the page. */
export function YamlEditor({ ref, value, onChange, faults }: YamlEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => value.split('\n'), [value]);
  const faulty = useMemo(() => new Set(faults.map(({ line }) => line)), [faults]);

  useImperativeHandle(
    ref,
    () => ({
      goTo(line, column) {
        const area = field.current;
        if (area === null) return;
        const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
        const at = Math.min(before + column - 1, area.value.length);
        area.focus();
        area.setSelectionRange(at, at);
        const height = area.scrollHeight / Math.max(1, lines.length);
        area.scrollTop = Math.max(0, (line - 4) * height);
      },
    }),
    [lines],
  );

  return (
    <div className={classes.editor}>
      <div className={classes.gutter} ref={gutter} aria-hidden="true">
        {lines.map((_, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is its number here
          <span key={at} data-faulty={faulty.has(at + 1) || undefined}>
            {at + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={field}
        className={classes.field}
        aria-label="The exam as YAML"
        aria-invalid={faults.length > 0}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
