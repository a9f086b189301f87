import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { DraftRemark } from '../api/types.js';
import type { Insertion } from './addQuestion.js';
import { completionOf } from './completion.js';
import { look } from './look.js';
import { documentationAt, type Documentation, type Vocabulary } from './vocabulary.js';

export interface YamlFieldHandle {
  /** Puts the cursor there; lines and columns count from one. */
  goTo(line: number, column: number): void;
  /** Puts another text in place of all; it can be undone. */
  replace(text: string): void;
  /** Puts a text in, and goes to what of it is to be written over. */
  insert(insertion: Insertion): void;
}

interface YamlFieldProps {
  ref?: Ref<YamlFieldHandle>;
  /** What it begins with; later it holds what was typed. */
  initial: string;
  label: string;
  /** The element that says how to use it. */
  describedBy: string;
  vocabulary: Vocabulary | null;
  remarks: readonly DraftRemark[];
  onChange: (text: string) => void;
  /** What the word at the cursor means, and the line it is in. */
  onCursor: (documentation: Documentation | null, line: number) => void;
  /** By key. */
  onSave: () => void;
}

const PAUSE_MS = 120;

/** The words of exams, for who asks for them before they are there. */
function arrivalOfWords() {
  let resolve = (_vocabulary: Vocabulary): void => {};
  const promise = new Promise<Vocabulary>((arrived) => (resolve = arrived));
  return { promise, resolve };
}

/** YAML with completion and remarks at their lines. Tab is left alone: it leaves the field, as everywhere on the page. */
export function YamlField({ ref, initial, label, describedBy, ...rest }: YamlFieldProps) {
  const { remarks } = rest;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(rest);
  const begun = useRef(initial);
  const [arrival] = useState(arrivalOfWords);
  useEffect(() => {
    latest.current = rest;
    if (rest.vocabulary !== null) arrival.resolve(rest.vocabulary);
  });

  useEffect(() => {
    if (place.current === null) return;
    let pause: ReturnType<typeof setTimeout> | undefined;
    const tell = (state: EditorState) => {
      const { head } = state.selection.main;
      const known = latest.current.vocabulary;
      latest.current.onCursor(
        known === null ? null : documentationAt(known, state.doc.toString(), head),
        state.doc.lineAt(head).number,
      );
    };
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: begun.current,
        extensions: [
          lineNumbers(),
          lintGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          history(),
          indentOnInput(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          bracketMatching(),
          closeBrackets(),
          EditorView.lineWrapping,
          yaml(),
          look,
          autocompletion({
            override: [completionOf(() => latest.current.vocabulary ?? arrival.promise)],
            icons: false,
          }),
          hoverTooltip((shown, position) => hover(shown, position, latest.current.vocabulary)),
          keymap.of([
            {
              key: 'Mod-s',
              preventDefault: true,
              run: () => {
                latest.current.onSave();
                return true;
              },
            },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...completionKeymap,
            ...lintKeymap,
          ]),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-describedby': describedBy,
            tabindex: '0',
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              begun.current = update.state.doc.toString();
              latest.current.onChange(begun.current);
            }
            if (!update.docChanged && !update.selectionSet) return;
            clearTimeout(pause);
            pause = setTimeout(() => tell(update.state), PAUSE_MS);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      clearTimeout(pause);
      made.destroy();
      view.current = null;
    };
  }, [label, describedBy, arrival]);

  useEffect(() => {
    const { current } = view;
    if (current === null) return;
    current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state.doc, remarks)));
  }, [remarks]);

  useImperativeHandle(
    ref,
    () => ({
      goTo(line, column) {
        const { current } = view;
        if (current === null) return;
        const to = current.state.doc.line(Math.min(Math.max(1, line), current.state.doc.lines));
        const anchor = Math.min(to.from + column - 1, to.to);
        current.dispatch({
          selection: { anchor },
          effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
        });
        current.focus();
      },
      replace(text) {
        const { current } = view;
        current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } });
      },
      insert({ at, text, select }) {
        const { current } = view;
        if (current === null) return;
        current.dispatch({
          changes: { from: at, insert: text },
          selection: { anchor: select.from, head: select.to },
          effects: EditorView.scrollIntoView(select.from, { y: 'center' }),
          userEvent: 'input.template',
        });
        current.focus();
      },
    }),
    [],
  );

  return <div ref={place} style={{ height: '100%', minHeight: 0 }} />;
}

function hover(view: EditorView, position: number, vocabulary: Vocabulary | null) {
  const word = view.state.wordAt(position);
  if (vocabulary === null || word === null) return null;
  const found = documentationAt(vocabulary, view.state.doc.toString(), word.from);
  if (found === null) return null;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.style.padding = '0.5rem 0.7rem';
      for (const [name, says] of [
        ['strong', found.path],
        ['div', found.brief],
        ['div', found.says],
      ] as const) {
        if (says === '') continue;
        const line = document.createElement(name);
        line.textContent = says;
        dom.append(line);
      }
      return { dom };
    },
  };
}

function diagnosticsOf(text: Text, remarks: readonly DraftRemark[]): Diagnostic[] {
  return remarks
    .filter(({ line }) => line <= text.lines)
    .map(({ line: number, column, severity, message }) => {
      const line = text.line(Math.max(1, number));
      const from = Math.min(line.from + column - 1, line.to);
      return {
        from,
        to: Math.max(from, line.from + line.text.trimEnd().length),
        severity: severity === 'error' ? ('error' as const) : ('warning' as const),
        message,
      };
    });
}
