import { Button, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useMemo, useRef, useState } from 'react';
import { examSchema, layerVocabulary } from '../api/exam-drafts.js';
import { putExam } from '../api/exams.js';
import { asProblem } from '../api/problem.js';
import { stageScheme } from '../api/scheme-changes.js';
import type { DraftPaper } from '../api/types.js';
import { AddQuestion } from '../editor/AddQuestion.js';
import { questionToAdd } from '../editor/addQuestion.js';
import type { QuestionKind } from '../editor/templates.js';
import type { Documentation } from '../editor/vocabulary.js';
import { YamlField, type YamlFieldHandle } from '../editor/YamlField.js';
import { announce } from '../ui/announce.js';
import { Notice, Problem } from '../ui/Notice.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './definition.module.css';
import { DraftPreview } from './DraftPreview.js';
import { DraftRemarks, remarksInWords } from './DraftRemarks.js';
import { examNameIn, nameless } from './examName.js';
import { OpensDialog } from './OpensDialog.js';
import { SaveConflict } from './SaveConflict.js';
import { TryAnswer } from './TryAnswer.js';
import { useExamDraft } from './useExamDraft.js';

interface DefinitionProps {
  person: string;
  /** The exam that is changed; null for a new one. */
  exam: string | null;
  initial: string;
  /** The version that stands, or null for a new exam. */
  version: number | null;
  /** The exam that a new one begins as a copy of. */
  copied?: string;
}

const PANES = ['write', 'preview', 'try', 'remarks'] as const;
type Pane = (typeof PANES)[number];

/** An exam as YAML, with what becomes of it beside: the paper, an answer tried, and what is to be mended. */
export function Definition({ person, exam, initial, version, copied }: DefinitionProps) {
  // A name of an exam has no blanks: a copy and its original are kept apart.
  const keptAs = copied === undefined ? exam : `copy of ${copied}`;
  const draft = useExamDraft(person, keptAs, { yaml: initial, version });
  const { yaml, basedOn, remarks } = draft;
  const schema = useQuery(examSchema);
  const layers = useQuery(layerVocabulary);
  const vocabulary = useMemo(
    () =>
      schema.data === undefined || layers.data === undefined
        ? null
        : { schema: schema.data, layers: layers.data },
    [schema.data, layers.data],
  );
  const wide = useMediaQuery('(min-width: 64rem)', true, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<Pane>('write');
  const pane = wide && chosen === 'write' ? 'preview' : chosen;
  const [documentation, setDocumentation] = useState<Documentation | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const editor = useRef<YamlFieldHandle>(null);
  const id = useId();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const name = examNameIn(yaml);
  const begun = draft.resumed?.yaml ?? initial;
  const [asking, ask] = useState(false);

  const saving = useWrite({
    mutationFn: ({ text, from, opens }: { text: string; from: number | null; opens: string | null }) =>
      putExam(examNameIn(text) ?? 'unnamed', text, from, opens),
    // What was wrong stands on the page.
    onError: () => ask(false),
    onSuccess: async (put) => {
      draft.settle();
      await queryClient.invalidateQueries({ queryKey: ['exam'] });
      await queryClient.invalidateQueries({ queryKey: ['exams'] });
      announce(
        put.version === version
          ? `Nothing changed: this is version ${put.version}`
          : `${put.title}: version ${put.version} saved`,
      );
      await navigate({ to: '/examining/$exam', params: { exam: put.id } });
    },
  });
  const staging = useWrite({
    mutationFn: (text: string) => stageScheme(examNameIn(text) ?? 'unnamed', text),
    onSuccess: async (_preview, text) => {
      const staged = examNameIn(text) ?? 'unnamed';
      await queryClient.invalidateQueries({ queryKey: ['exam', staged] });
      await navigate({ to: '/examining/$exam/scheme', params: { exam: staged } });
    },
  });
  const error = saving.error ?? staging.error;
  const problem = error === null ? null : asProblem(error);
  const conflict = problem?.status === 412 && name !== null;
  // Another name is another exam: nothing that stands is taken back by it.
  const renamed = exam !== null && name !== null && name !== exam;
  const savedFrom = renamed ? null : basedOn;

  function change(text: string) {
    draft.change(text);
    if (problem !== null && !conflict) {
      saving.reset();
      staging.reset();
    }
  }

  function save() {
    if (name === null) announce(nameless(yaml), 'question');
    else if (saving.isPending) return;
    else if (savedFrom === null) ask(true);
    else saving.mutate({ text: yaml, from: savedFrom, opens: null });
  }

  function add(kind: QuestionKind) {
    const insertion = questionToAdd(yaml, kind);
    if (insertion === null) {
      announce('Put the questions below “questions:”, each behind a dash, to have one added');
      return;
    }
    setChosen('write');
    requestAnimationFrame(() => editor.current?.insert(insertion));
  }

  function take(text: string, from: number | null) {
    saving.reset();
    editor.current?.replace(text);
    draft.baseOn(from, text);
  }

  function goTo(line: number, column: number) {
    setChosen('write');
    // The editor is there to take the focus once its pane is shown.
    requestAnimationFrame(() => editor.current?.goTo(line, column));
  }

  return (
    <div className={classes.desk}>
      <div className={classes.bar}>
        <output className={classes.status}>
          {/* Said here, as it comes and goes while the name is typed: nothing below may move. */}
          {name === null
            ? nameless(yaml)
            : draft.checking
              ? 'Reading …'
              : draft.fault !== null
                ? 'Could not be looked through'
                : remarksInWords(remarks)}
          {draft.changed &&
            (draft.kept ? ' · unsaved, kept in this browser' : ' · unsaved, and this browser keeps nothing')}
        </output>
        <div className={classes.buttons}>
          {version !== null && (
            <Button
              variant="default"
              onClick={() => staging.mutate(yaml)}
              loading={staging.isPending}
              disabled={name === null || renamed || yaml === initial}
            >
              See who would change
            </Button>
          )}
          <AddQuestion onAdd={add} />
          <Button onClick={save} loading={saving.isPending} disabled={name === null}>
            {version === null ? 'Save' : renamed ? 'Save as another exam' : 'Save as a new version'}
          </Button>
        </div>
      </div>

      <OpensDialog
        opened={asking}
        saving={saving.isPending}
        onSave={(opens) => saving.mutate({ text: yaml, from: savedFrom, opens })}
        onClose={() => ask(false)}
      />
      {draft.resumed !== null && draft.changed && (
        <Notice
          tone="plain"
          icon="clock"
          title={`What you wrote until ${shortTime(draft.resumed.at)} is here again`}
        >
          <div className={classes.buttons}>
            <Button size="xs" variant="default" onClick={() => take(initial, version)}>
              Throw it away
            </Button>
          </div>
        </Notice>
      )}
      {(conflict || (!renamed && behind(basedOn, version))) && (
        <SaveConflict
          exam={name ?? exam ?? ''}
          yaml={yaml}
          basedOn={savedFrom}
          renamed={renamed}
          onKeep={(stands) => {
            saving.reset();
            draft.baseOn(stands, yaml);
          }}
          onTake={take}
        />
      )}
      {renamed && (
        <Notice tone="unsure" title={`With the name “${name}” this is another exam`}>
          “{exam}” stays as it is. To change that one, give its name back on the line <code>exam:</code>.
        </Notice>
      )}
      {problem !== null && !conflict && <Problem error={problem} what="The exam was not saved" />}

      <Tabs
        id={id}
        value={pane}
        onChange={(value) => setChosen(PANES.find((each) => each === value) ?? 'write')}
        className={classes.panes}
      >
        <Tabs.List className={classes.tabs} aria-label="What is shown of the exam">
          {!wide && <Tabs.Tab value="write">Write</Tabs.Tab>}
          <Tabs.Tab value="preview">Preview</Tabs.Tab>
          <Tabs.Tab value="try">Try an answer</Tabs.Tab>
          <Tabs.Tab value="remarks">Remarks{remarks.length > 0 && ` (${remarks.length})`}</Tabs.Tab>
        </Tabs.List>
        <div
          className={classes.write}
          {...(wide
            ? {}
            : { role: 'tabpanel', id: `${id}-panel-write`, 'aria-labelledby': `${id}-tab-write` })}
          hidden={!wide && pane !== 'write'}
        >
          <div className={classes.editor}>
            <YamlField
              ref={editor}
              initial={begun}
              label="The exam as YAML"
              describedBy={`${id}-keys`}
              vocabulary={vocabulary}
              remarks={remarks}
              onChange={change}
              onCursor={(found) => {
                setDocumentation(found);
                setAt(draft.paper === null ? null : partAt(found, draft.paper));
              }}
              onSave={save}
            />
          </div>
          <div className={classes.meaning}>
            {documentation === null ? (
              <p>What the word at the cursor means stands here.</p>
            ) : (
              <p>
                <code>{documentation.path}</code>
                {documentation.brief !== '' && <span> · {documentation.brief}</span>}
                {documentation.says !== '' && <span> · {documentation.says}</span>}
              </p>
            )}
          </div>
          <p className={classes.keys} id={`${id}-keys`}>
            Tab leaves the editor. <kbd>Ctrl</kbd> <kbd>]</kbd> indents, <kbd>Ctrl</kbd> <kbd>[</kbd> takes it
            back; <kbd>Ctrl</kbd> <kbd>Space</kbd> offers what may stand here; <kbd>F8</kbd> goes to the next
            remark; <kbd>Ctrl</kbd> <kbd>S</kbd> saves.
          </p>
        </div>
        <div className={classes.beside}>
          {/* Never unmounted: it is what is printed. */}
          <div
            role="tabpanel"
            id={`${id}-panel-preview`}
            aria-labelledby={`${id}-tab-preview`}
            hidden={pane !== 'preview'}
          >
            <DraftPreview draft={draft} />
          </div>
          <Tabs.Panel value="try">
            <TryAnswer draft={draft} at={at} />
          </Tabs.Panel>
          <Tabs.Panel value="remarks">
            <DraftRemarks draft={draft} onGo={(remark) => goTo(remark.line, remark.column)} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </div>
  );
}

/** Whether a text was made from an earlier version than the one that stands. */
const behind = (basedOn: number | null, version: number | null): boolean =>
  version !== null && (basedOn ?? 0) < version;

/** The part of the paper that a place in the exam belongs to. */
function partAt(found: Documentation | null, { parts }: DraftPaper): string | null {
  const place = /^questions\[(\d+)\](?:\.parts\[(\d+)\])?/.exec(found?.path ?? '');
  if (place === null) return null;
  const question = [...new Set(parts.map((part) => part.question))][Number(place[1])];
  return parts.filter((part) => part.question === question)[Number(place[2] ?? 0)]?.key ?? null;
}
