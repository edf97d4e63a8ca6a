import {
  BlueprintSource,
  JsonValue,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { checkText, problemsIn } from './check';
import { Editor, Jump } from './editor/Editor';
import { FileBar } from './FileBar';
import { DOCUMENT, readText, writeText } from './files';
import { forget, keep } from './kept';
import { Outcome } from './Outcome';
import { Preview } from './preview/Preview';
import { useTrial } from './preview/useTrial';
import { ProblemsList } from './ProblemsList';
import { PublishBar } from './PublishBar';
import { suggestionsAt } from './text/completions';
import { sketchOf } from './text/sketch';
import { usePublish } from './usePublish';
import styles from './authoring.module.css';

/** Where a blueprint is written: the text on one side, what it amounts to on the other. */
export function Workshop(props: {
  /** What it is kept under. */
  id: string;
  beginning: BlueprintSource;
}) {
  const { id, beginning } = props;
  const [source, setSource] = useState(beginning);
  const [file, setFile] = useState(DOCUMENT);
  const [jump, setJump] = useState<Jump>();
  const [kept, setKept] = useState(true);
  const publishing = usePublish();
  const { clear } = publishing;
  const deferred = useDeferredValue(source);
  const {
    document,
    value,
    problems: own,
  } = useMemo(() => checkText(deferred.document, deferred.files), [deferred]);
  const sketch = useSketch(value);
  const trial = useTrial(deferred);
  const problems = [
    ...own,
    ...(publishing.problems.length > 0 ? publishing.problems : trial.placed),
  ];
  const shown = useStable(problemsIn(file, problems));
  const text =
    file === DOCUMENT ? source.document : readText(source.files[file] ?? '');

  const change = useCallback(
    (next: (before: BlueprintSource) => BlueprintSource) => {
      clear();
      setSource(next);
    },
    [clear],
  );
  useEffect(() => {
    if (deferred !== beginning) setKept(keep(id, deferred));
  }, [id, deferred, beginning]);
  const status = publishing.version?.status;
  useEffect(() => {
    if (status === 'published') forget(id);
  }, [id, status]);

  const open = (path: string, at?: Jump) => {
    setFile(path);
    setJump(at);
  };
  const pick = ({ place }: Problem) => {
    const path = place?.file ?? DOCUMENT;
    const isThere = path === DOCUMENT || Object.hasOwn(source.files, path);
    const { line = 1, column = 1 } = (isThere && place) || {};
    open(isThere ? path : DOCUMENT, { line, column });
  };
  const write = (changed: string) =>
    change(before =>
      file === DOCUMENT
        ? { ...before, document: changed }
        : {
            ...before,
            files: { ...before.files, [file]: writeText(changed) },
          },
    );

  return (
    <>
      <div className={styles.columns}>
        <div className={styles.writing}>
          <FileBar
            files={source.files}
            current={file}
            problems={problems}
            onOpen={path => open(path)}
            onAdd={path => {
              change(before => ({
                ...before,
                files: { ...before.files, [path]: '' },
              }));
              open(path);
            }}
            onDelete={path => {
              change(({ files: { [path]: _gone, ...files }, ...rest }) => ({
                ...rest,
                files,
              }));
              open(DOCUMENT);
            }}
          />
          {text === undefined ? (
            <p className={styles.quiet}>
              It holds no text, so it can’t be written in here. It is published
              as it is.
            </p>
          ) : (
            <Editor
              key={file}
              label={file}
              text={text}
              isYaml={/\.ya?ml$/.test(file)}
              problems={shown}
              jump={jump}
              suggest={
                file === DOCUMENT
                  ? (written, at) =>
                      suggestionsAt(written, at, {
                        sketch,
                        files: source.files,
                      })
                  : undefined
              }
              onChange={write}
            />
          )}
          <ProblemsList problems={problems} onPick={pick} />
        </div>
        <Preview
          sketch={sketch}
          document={document}
          problems={own.length}
          trial={trial}
        />
      </div>
      <Outcome publishing={publishing} />
      <PublishBar
        version={sketch.version}
        problems={own.length}
        kept={kept}
        publishing={publishing}
        onSend={draft => publishing.send({ source, draft })}
      />
    </>
  );
}

/** While the text is no YAML, what it was before stays in sight. */
function useSketch(value: JsonValue | undefined) {
  const known = useRef<JsonValue>();
  if (value !== undefined) known.current = value;
  const latest = known.current;
  return useMemo(() => sketchOf(latest), [latest]);
}

/** The same list while it says the same, so that marks are not drawn anew with each key. */
function useStable(problems: Problem[]): Problem[] {
  const text = JSON.stringify(problems);
  return useMemo(() => JSON.parse(text) as Problem[], [text]);
}
