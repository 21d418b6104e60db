/** What to enter for a template. */
export interface InputWords {
  readonly label: string;
  /** Where to find it, or how it is written. */
  readonly hint: string;
}

/** A template in one language. */
export interface TemplateWords {
  /** Absent: the vendor's, which is the same in all languages. */
  readonly name?: string;
  /** What becomes of an order. */
  readonly description: string;
  /** What must be there at the vendor before the first order comes: a sentence each. */
  readonly preparation: readonly string[];
  /** By the input's key. */
  readonly inputs: Readonly<Record<string, InputWords>>;
}
