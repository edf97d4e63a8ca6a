import {
  autocompletion,
  CompletionContext,
  CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { indentUnit, StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { Problem } from '@greenroom/plugin-environments-common';
import { useEffect, useRef } from 'react';
import { Suggestions } from '../text/completions';
import { diagnosticsOf } from './diagnostics';
import { theme } from './theme';
import styles from '../authoring.module.css';

/** A place to go to; a new object goes there again. */
export interface Jump {
  line: number;
  column: number;
}

/** One file to write in, with its problems marked where they are. Another file needs another key. */
export function Editor(props: {
  label: string;
  /** What it begins with; afterwards the editor holds the text. */
  text: string;
  isYaml: boolean;
  problems: Problem[];
  jump?: Jump;
  suggest?: (text: string, position: number) => Suggestions | undefined;
  onChange: (text: string) => void;
}) {
  const { label, text, isYaml, problems, jump } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>();
  const latest = useRef(props);
  latest.current = props;
  const first = useRef({ text, isYaml, label });

  useEffect(() => {
    const editor = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: first.current.text,
        extensions: [
          ...(first.current.isYaml ? [StreamLanguage.define(yaml)] : []),
          basics(first.current.label),
          autocompletion({
            override: [context => complete(context, latest.current.suggest)],
            icons: false,
          }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { state } = editor;
    editor.dispatch(setDiagnostics(state, diagnosticsOf(state.doc, problems)));
  }, [problems]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !jump) return;
    const { doc } = editor.state;
    const line = doc.line(Math.min(Math.max(jump.line, 1), doc.lines));
    const anchor = Math.min(line.from + jump.column - 1, line.to);
    editor.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    editor.focus();
  }, [jump]);

  return <div ref={box} className={styles.editor} />;
}

function basics(label: string) {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    history(),
    lintGutter(),
    indentUnit.of('  '),
    // Tab leaves the editor, as it leaves every other field.
    keymap.of([
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    theme,
  ];
}

function complete(
  context: CompletionContext,
  suggest: ((text: string, at: number) => Suggestions | undefined) | undefined,
): CompletionResult | null {
  const found = suggest?.(context.state.doc.toString(), context.pos);
  if (!found) return null;
  const { from, options } = found;
  // Where nothing is typed yet it would be in the way, except after a dot or an opening.
  const before = context.state.sliceDoc(Math.max(0, from - 4), from);
  const isAsked = context.explicit || from < context.pos;
  if (!isAsked && !/\.$|\$\{\{ ?$/.test(before)) return null;
  // A dot leads to other names: those are asked for anew.
  return { from, options, validFor: /^[\w-]*$/ };
}
