import { python } from '@codemirror/lang-python';
import { EditorState, RangeSet, StateEffect, StateField, type Range } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutter,
  GutterMarker,
  lineNumbers,
  WidgetType,
  type DecorationSet,
} from '@codemirror/view';
import { useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { evidenceAt, isLit, type Highlight } from '../text/highlight.js';
import classes from './code.module.css';
import { findingsByLine, fixedLines, type PlacedFinding } from './findings.js';
import { look } from './look.js';

interface CodeViewProps {
  source: string;
  /** The piece of it that is code. */
  from: number;
  to: number;
  /** The number of its first line. */
  first: number;
  highlights: readonly Highlight[];
  lit: string | null;
  onLight: (id: string | null) => void;
  shown: { readonly id: string; readonly press: number } | null;
}

interface Act {
  /** Lights a place here and beside the code. */
  light(id: string | null): void;
  /** Tells below its line what was found. */
  open(id: string | null): void;
  /** The worst that was found in a line of the answer. */
  foundIn(line: number): string | undefined;
}
/** Read when it is needed: what is drawn outlives many renderings. */
interface ActRef {
  readonly current: Act;
}

/** What is drawn over the code. */
interface Drawing {
  readonly marks: DecorationSet;
  readonly icons: RangeSet<GutterMarker>;
}

const draw = StateEffect.define<Drawing>();
const drawing = StateField.define<Drawing>({
  create: () => ({ marks: Decoration.none, icons: RangeSet.empty }),
  update: (now, { effects }) => effects.find((effect) => effect.is(draw))?.value ?? now,
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

/** An answer's code, coloured, with what was found in it at its lines. Nothing in it can be changed. */
export default function CodeView({
  source,
  from,
  to,
  first,
  highlights,
  lit,
  onLight,
  shown,
}: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const findings = useMemo(
    () => findingsByLine(source, from, to, highlights),
    [source, from, to, highlights],
  );
  // What was opened here, or else what was pressed in a list beside the code since.
  const [opened, setOpened] = useState<{ id: string | null; press: number }>({ id: null, press: 0 });
  const press = shown?.press ?? 0;
  const open = opened.press === press ? opened.id : (shown?.id ?? null);
  const act = useRef<Act>({ light: onLight, open: () => undefined, foundIn: () => undefined });
  useEffect(() => {
    act.current = {
      light: onLight,
      open: (id) => {
        setOpened({ id, press });
        onLight(id);
      },
      foundIn: (line) => findings.get(line)?.[0]?.id,
    };
  });

  useEffect(() => {
    if (place.current === null) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: source.slice(from, to),
        extensions: [
          EditorView.editable.of(false),
          EditorState.tabSize.of(4),
          gutter({
            class: classes.icons ?? '',
            markers: ({ state }) => state.field(drawing).icons,
            domEventHandlers: {
              click: (shownIn, { from: start }) => {
                const line = shownIn.state.doc.lineAt(start).number + first - 1;
                const worst = act.current.foundIn(line);
                if (worst !== undefined) act.current.open(worst);
                return worst !== undefined;
              },
            },
          }),
          lineNumbers({ formatNumber: (number) => String(number + first - 1) }),
          python(),
          look,
          drawing,
          EditorView.contentAttributes.of({ role: 'group', 'aria-label': 'Code', tabindex: '0' }),
          EditorView.domEventHandlers({
            mouseover: (event) => {
              const id = event.target === null ? null : evidenceAt(event.target);
              if (id !== null) act.current.light(id);
            },
            mouseleave: () => act.current.light(null),
          }),
        ],
      }),
    });
    // Of a text field, which this is not.
    made.contentDOM.removeAttribute('aria-multiline');
    // Its numbers stand right once the height of a line is known, and are shown from then on.
    made.requestMeasure({
      read: () => null,
      write: () => {
        made.dom.dataset['measured'] = 'true';
      },
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [source, from, to, first]);

  useEffect(() => {
    const { current } = view;
    if (current === null) return;
    const marks = [
      ...highlights.flatMap((each) => markOf(each, from, to, lit)),
      ...[...findings].flatMap(([line, found]) =>
        widgetsOf(current.state, line - first + 1, found, source, open, act),
      ),
    ];
    const icons = [...findings].flatMap(([line, [worst]]) => {
      const at = line - first + 1;
      return worst === undefined || at < 1 || at > current.state.doc.lines
        ? []
        : [new SeverityIcon(worst.severity).range(current.state.doc.line(at).from)];
    });
    current.dispatch({
      effects: draw.of({ marks: Decoration.set(marks, true), icons: RangeSet.of(icons, true) }),
    });
  }, [source, from, to, first, highlights, findings, lit, open]);

  useEffect(() => {
    const { current } = view;
    const target = highlights.find(({ id }) => id === shown?.id);
    if (current === null || target === undefined || target.start < from || target.start > to) return;
    current.dispatch({ effects: EditorView.scrollIntoView(target.start - from, { y: 'center' }) });
  }, [shown, highlights, from, to]);

  // As high as it will be, so that nothing moves when it is drawn.
  const lines = source.slice(from, to).split('\n').length;
  return <div ref={place} className={classes.code} style={{ '--lines': lines } as CSSProperties} />;
}

function markOf(
  { id, start, end, tone }: Highlight,
  from: number,
  to: number,
  lit: string | null,
): Range<Decoration>[] {
  const [begin, stop] = [Math.max(start, from) - from, Math.min(end, to) - from];
  if (begin >= stop) return [];
  return [
    Decoration.mark({
      class: classes.lit ?? '',
      attributes: {
        'data-tone': tone,
        'data-evidence': id,
        ...(isLit(id, lit) && { 'data-active': 'true' }),
      },
    }).range(begin, stop),
  ];
}

/** A button at the end of the line and, once it is pressed or focused, what was found below it. */
function widgetsOf(
  state: EditorState,
  number: number,
  found: readonly PlacedFinding[],
  source: string,
  open: string | null,
  act: ActRef,
): Range<Decoration>[] {
  if (number < 1 || number > state.doc.lines) return [];
  const { to } = state.doc.line(number);
  return found.flatMap((finding, at) => {
    const isOpen = finding.id === open;
    const button = Decoration.widget({ widget: new FindingButton(finding, isOpen, act), side: 1 + at });
    if (!isOpen) return [button.range(to)];
    const text = Decoration.widget({ widget: new FindingText(finding, source), side: 50 + at, block: true });
    return [button.range(to), text.range(to)];
  });
}

class SeverityIcon extends GutterMarker {
  constructor(readonly severity: PlacedFinding['severity']) {
    super();
  }

  override eq(other: SeverityIcon): boolean {
    return other.severity === this.severity;
  }

  override toDOM(): Node {
    const icon = document.createElement('span');
    icon.className = classes.icon ?? '';
    icon.dataset['severity'] = this.severity;
    return icon;
  }
}

class FindingButton extends WidgetType {
  constructor(
    readonly finding: PlacedFinding,
    readonly isOpen: boolean,
    readonly act: ActRef,
  ) {
    super();
  }

  override eq(other: FindingButton): boolean {
    return (
      other.finding.id === this.finding.id &&
      other.finding.says === this.finding.says &&
      other.isOpen === this.isOpen
    );
  }

  /** The same button stays, so that it keeps the focus that opened it. */
  override updateDOM(dom: HTMLElement, _view: EditorView, from: this): boolean {
    if (from.finding.id !== this.finding.id) return false;
    dom.ariaExpanded = String(this.isOpen);
    return true;
  }

  override toDOM(): HTMLElement {
    const { id, word, line, says, severity } = this.finding;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = classes.button ?? '';
    button.dataset['severity'] = severity;
    button.textContent = word;
    button.ariaLabel = `${word}, line ${line}: ${says}`;
    button.ariaExpanded = String(this.isOpen);
    button.addEventListener('focus', () => this.act.current.open(id));
    button.addEventListener('click', () => this.act.current.open(id));
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || button.ariaExpanded !== 'true') return;
      event.stopPropagation();
      this.act.current.open(null);
    });
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class FindingText extends WidgetType {
  constructor(
    readonly finding: PlacedFinding,
    readonly source: string,
  ) {
    super();
  }

  override eq(other: FindingText): boolean {
    return other.finding.id === this.finding.id && other.finding.says === this.finding.says;
  }

  override toDOM(): HTMLElement {
    const { severity, word, says, why, instead, fix } = this.finding;
    const box = document.createElement('div');
    box.className = classes.text ?? '';
    box.dataset['severity'] = severity;
    const line = (text: string, name: string) => {
      const made = document.createElement(name);
      made.textContent = text;
      box.append(made);
    };
    line(word, 'strong');
    for (const text of [says, why, instead]) if (text !== undefined && text !== '') line(text, 'p');
    const diff = fix === undefined ? null : fixedLines(this.source, fix);
    if (fix !== undefined && diff !== null) {
      line(`A way to mend it: ${fix.what}`, 'p');
      const shown = document.createElement('pre');
      for (const { kind, text } of diff) {
        const row = document.createElement('span');
        row.dataset['kind'] = kind;
        row.textContent = `${kind === 'removed' ? '−' : kind === 'added' ? '+' : ' '} ${text}\n`;
        shown.append(row);
      }
      box.append(shown);
    }
    const around = document.createElement('div');
    around.className = classes.around ?? '';
    around.append(box);
    return around;
  }
}
