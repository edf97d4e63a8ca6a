import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The portal's own colours, which follow its light and dark. */
const surface = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    fontSize: '13px',
  },
  // Its box has the outline, which the gutter would cover.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace)',
    lineHeight: '20px',
  },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)' },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '.cm-gutters': {
    color: 'var(--greenroom-quiet-on-card)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    borderRight: '1px solid var(--greenroom-row-line)',
  },
  '.cm-activeLineGutter': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-2)',
  },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--bui-bg-neutral-3) !important',
  },
  '.cm-panels, .cm-tooltip': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    border: '1px solid var(--bui-border-2)',
    borderRadius: 'var(--bui-radius-2)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-3)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '8px' },
  '.cm-diagnostic': { padding: '6px 12px' },
  '.cm-diagnostic-error': {
    borderLeft: '3px solid var(--bui-negative-fg-subdued)',
  },
  '.cm-expression': { color: 'var(--bui-warning-fg-subdued)' },
  '.cm-expression *': { color: 'inherit !important' },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.atom, tags.propertyName],
    color: 'var(--bui-announcement-fg-subdued)',
  },
  { tag: tags.string, color: 'var(--bui-positive-fg-subdued)' },
  { tag: tags.comment, color: 'var(--greenroom-quiet-on-card)' },
]);

const expressions = new MatchDecorator({
  regexp: /\$\{\{.*?\}\}/g,
  decoration: Decoration.mark({ class: 'cm-expression' }),
});

const expressionMarks = ViewPlugin.define(
  view => ({
    decorations: expressions.createDeco(view),
    update(update) {
      this.decorations = expressions.updateDeco(update, this.decorations);
    },
  }),
  { decorations: plugin => plugin.decorations },
);

export const theme = [surface, syntaxHighlighting(colours), expressionMarks];
