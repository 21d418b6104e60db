/** What can be written in an expression. */
export interface ExpressionVocabulary {
  readonly fields: readonly VocabularyField[];
  readonly functions: readonly VocabularyFunction[];
}

export interface VocabularyField {
  /** From the outermost name on: `data.items[].price`, where `[]` stands for any of a list. */
  readonly path: string;
  readonly type: string;
  readonly description: string;
}

export interface VocabularyFunction {
  readonly name: string;
  /** As it is called; `list.map(x, f)` can only be called so, others with their first argument before a dot too. */
  readonly signature: string;
  readonly description: string;
}
