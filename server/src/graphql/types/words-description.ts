/** How words are found. */
export const WORDS =
  "All of them must be there, in any order; the beginning of a word is enough, and neither case nor accents count (`irem isik` finds `İREM IŞIK`).";
