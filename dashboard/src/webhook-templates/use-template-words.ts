import { use } from "react";
import { useLanguage } from "../i18n/language-provider.tsx";
import { loadTemplateWords } from "./load-template-words.ts";
import type { TemplateWords } from "./template-words.ts";

/** A template as the API describes it, in English. */
export interface DescribedTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly preparation: readonly string[];
  readonly inputs: readonly { readonly key: string; readonly label: string; readonly description: string }[];
}

/** What a template says in the reader's language; one that is newer than this page in English. Suspends until the words are there. */
export function useTemplateWords(): (template: DescribedTemplate) => Required<TemplateWords> {
  const words = use(loadTemplateWords(useLanguage().language));
  return (template) => ({ name: template.name, ...(words[template.id] ?? inEnglish(template)) });
}

function inEnglish({ description, preparation, inputs }: DescribedTemplate): TemplateWords {
  return {
    description,
    preparation,
    inputs: Object.fromEntries(inputs.map(({ key, label, description: hint }) => [key, { label, hint }])),
  };
}
