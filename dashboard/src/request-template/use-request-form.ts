import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type FormAnswer, useServerForm } from "../forms/use-server-form.ts";
import { evaluateDraft } from "./evaluate-draft.ts";
import {
  changesOf,
  draftOf,
  followSaved,
  isOvertaken,
  type RequestChanges,
  type RequestDraft,
  type SavedRequest,
} from "./request-draft.ts";
import { atDraftFields, requestDraftSchema } from "./request-draft-schema.ts";

/** So long nothing is typed before a draft is evaluated, in milliseconds. */
const typingPauseMs = 250;

export interface RequestForm {
  readonly form: UseFormReturn<RequestDraft>;
  readonly submit: (event: React.SyntheticEvent) => Promise<void>;
  /** Refusals that no field is at fault for; null when there are none. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** The draft as it was when typing last paused. */
  readonly draft: RequestDraft;
  readonly changes: RequestChanges;
  readonly isChanged: boolean;
  /** Somebody else saved something since that this draft would replace. */
  readonly isOvertaken: boolean;
  /** Of the texts; those that saving failed for, since it was tried. */
  readonly problemCount: number;
  /** Goes back to what is saved. */
  readonly discard: () => void;
  readonly load: (part: Partial<RequestDraft>) => void;
  /** How often all texts were replaced. */
  readonly loads: number;
}

/** The draft of a webhook's request, over what others save meanwhile. */
export function useRequestForm(
  saved: SavedRequest,
  send: (changes: RequestChanges) => Promise<FormAnswer>,
  onDone: () => void,
): RequestForm {
  const [base, setBase] = useState(saved);
  const [loads, setLoads] = useState(0);
  const [problemCount, setProblemCount] = useState(0);
  const { form, submit, problem, isBusy } = useServerForm<RequestDraft>({
    schema: requestDraftSchema,
    defaultValues: draftOf(saved),
    send: async (values) => {
      const { problems } = evaluateDraft(values, null);
      setProblemCount(problems.length);
      if (problems.length > 0) return null;
      const { errors, error } = await send(changesOf(values, base));
      return { errors: errors && atDraftFields(errors, values), error };
    },
    onDone,
  });
  const current = form.watch();
  const [draftText] = useDebouncedValue(JSON.stringify(current), typingPauseMs);
  const draft = useMemo(() => JSON.parse(draftText) as RequestDraft, [draftText]);
  const changes = changesOf(current, base);
  const isChanged = Object.keys(changes).length > 0;
  const replace = (values: RequestDraft) => {
    form.reset(values);
    setProblemCount(0);
    setLoads((count) => count + 1);
  };
  const follow = useEffectEvent(() => {
    const followed = followSaved(current, base, saved);
    setBase(followed.base);
    if (JSON.stringify(followed.draft) !== JSON.stringify(current)) replace(followed.draft);
  });
  const savedText = JSON.stringify(saved);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something else is saved
  useEffect(() => follow(), [savedText]);
  return {
    ...{ form, submit, problem, isBusy, draft, changes, isChanged, problemCount, loads },
    isOvertaken: isOvertaken(current, base, saved),
    discard: () => {
      setBase(saved);
      replace(draftOf(saved));
    },
    load: (part) => {
      replace({ ...current, ...part });
    },
  };
}
