import { lazy, type Ref, useId, useImperativeHandle, useRef } from "react";
import { FormattedMessage } from "react-intl";
import { LazyPart } from "../components/lazy-part.tsx";
import { Problem } from "../components/problem.tsx";
import type { CodeEditorHandle, CodeEditorProps } from "./code-editor.tsx";
import styles from "./code-field.module.css";

const CodeEditor = lazy(() => import("./code-editor.tsx").then((module) => ({ default: module.CodeEditor })));

/** A problem of a text, as a list of them tells it. */
export interface FieldProblem {
  /** A hint does not keep anything from being saved. */
  readonly severity: "error" | "hint";
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  /** In the reader's language. */
  readonly word: string;
  /** More about it, in English; null when `word` says all. */
  readonly sentence: string | null;
}

/** What can be done with a field from outside. */
export type CodeFieldHandle = CodeEditorHandle;

/** A labelled editor, with what is wrong in it and the way there. What draws the editor is loaded with the first one. */
export function CodeField({
  label,
  description,
  problems,
  refusal = null,
  handle,
  ...editor
}: Omit<CodeEditorProps, "labelledBy" | "describedBy" | "problems" | "handle"> & {
  readonly label: string;
  readonly description?: string;
  readonly problems: readonly FieldProblem[];
  /** What the server said about it. */
  readonly refusal?: string | null;
  readonly handle?: Ref<CodeFieldHandle>;
}) {
  const id = useId();
  const own = useRef<CodeEditorHandle>(null);
  useImperativeHandle(handle, () => ({
    goTo: (span) => own.current?.goTo(span),
    insertField: (path) => own.current?.insertField(path),
  }));
  const isIndenting = editor.language === "bodyTemplate";
  return (
    <div className={styles["field"]}>
      <div id={`${id}-label`} className={styles["label"]}>
        {label}
      </div>
      <div id={`${id}-description`} className={styles["description"]}>
        {description}
        {isIndenting && (
          <>
            {" "}
            <FormattedMessage id="codeEditor.leave" />
          </>
        )}
      </div>
      <LazyPart>
        <CodeEditor
          {...editor}
          labelledBy={`${id}-label`}
          describedBy={`${id}-description ${id}-problems`}
          problems={problems.map(({ from, to, severity, word, sentence }) => ({
            ...{ from, to, severity },
            message: sentence ?? word,
          }))}
          handle={own}
        />
      </LazyPart>
      <div id={`${id}-problems`} role="status">
        {problems.length > 0 && (
          <ul className={styles["problems"]}>
            {problems.map((problem) => (
              <li key={`${problem.from} ${problem.word} ${problem.sentence}`} data-severity={problem.severity}>
                <span>
                  <FormattedMessage id="codeEditor.place" values={{ line: problem.line, column: problem.column }} />{" "}
                  {problem.word} {problem.sentence !== null && <span lang="en">{problem.sentence}</span>}
                </span>
                <button type="button" className={styles["goTo"]} onClick={() => own.current?.goTo(problem)}>
                  <FormattedMessage id="codeEditor.goTo" values={{ line: problem.line }} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {refusal !== null && <Problem>{refusal}</Problem>}
    </div>
  );
}
