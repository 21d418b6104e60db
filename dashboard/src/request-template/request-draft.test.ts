import { expect, test } from "vitest";
import {
  changesOf,
  draftOf,
  firstBody,
  followSaved,
  isOvertaken,
  type RequestDraft,
  type SavedRequest,
  templateOfDraft,
} from "./request-draft.ts";
import { atDraftFields, requestDraftSchema } from "./request-draft-schema.ts";

const nothing: SavedRequest = { requestTemplate: null, filter: null, successCondition: null };

const saved: SavedRequest = {
  requestTemplate: {
    revision: 3,
    method: "PATCH",
    path: "/orders/{{ data.id }}",
    headers: { "X-Shop": "{{ organization_id }}" },
    body: '{\r\n  "id": "{{ data.id }}"\r\n}',
    fields: null,
  },
  filter: "data.total_amount > 500",
  successCondition: "status == 200",
};

function problemsOf(draft: RequestDraft) {
  const { error } = requestDraftSchema.safeParse(draft);
  return error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];
}

test("a webhook without a template has a draft that changes nothing", () => {
  const draft = draftOf(nothing);
  expect(draft).toMatchObject({ bodyKind: "payload", method: "POST", path: "", headers: [], body: firstBody });
  expect(templateOfDraft(draft)).toBeNull();
  expect(changesOf(draft, nothing)).toEqual({});
});

test("what is saved is what its draft says, with plain ends of lines", () => {
  expect(templateOfDraft(draftOf(saved))).toEqual({
    method: "PATCH",
    path: "/orders/{{ data.id }}",
    headers: { "X-Shop": "{{ organization_id }}" },
    fields: null,
    body: '{\n  "id": "{{ data.id }}"\n}',
  });
});

test("only what was changed is sent, and what was taken away is sent as empty", () => {
  const draft = draftOf(saved);
  expect(changesOf(draft, saved)).toEqual({});
  expect(changesOf({ ...draft, filter: "" }, saved)).toEqual({ filter: "" });
  const asItIs: RequestDraft = { ...draft, bodyKind: "payload", method: "POST", path: "", headers: [] };
  expect(changesOf(asItIs, saved)).toEqual({ requestTemplate: {} });
  expect(changesOf({ ...draftOf(nothing), bodyKind: "fields", fields: ["event"] }, nothing)).toEqual({
    requestTemplate: { method: "POST", path: null, headers: {}, body: null, fields: ["event"] },
  });
});

test("what nobody has changed in a draft follows what others save, and the rest stays", () => {
  const draft = { ...draftOf(saved), filter: "data.total_amount > 900" };
  const others: SavedRequest = { ...saved, successCondition: "status == 201", requestTemplate: null };
  const followed = followSaved(draft, saved, others);
  expect(followed.draft).toMatchObject({ bodyKind: "payload", successCondition: "status == 201" });
  expect(changesOf(followed.draft, followed.base)).toEqual({ filter: "data.total_amount > 900" });
  expect(isOvertaken(followed.draft, followed.base, others)).toBe(false);
});

test("what was changed here and there is told of until it is saved, and then it is what the draft begins with", () => {
  const draft = { ...draftOf(saved), filter: "data.total_amount > 900" };
  const others: SavedRequest = { ...saved, filter: "data.total_amount > 1" };
  const followed = followSaved(draft, saved, others);
  expect(followed.draft).toEqual(draft);
  expect(isOvertaken(followed.draft, followed.base, others)).toBe(true);
  const own: SavedRequest = { ...saved, filter: "data.total_amount > 900" };
  const after = followSaved(followed.draft, followed.base, own);
  expect(after.draft).toEqual(draft);
  expect(changesOf(after.draft, after.base)).toEqual({});
  expect(isOvertaken(after.draft, after.base, own)).toBe(false);
});

test("a text that is kept for another kind of body outlives saving", () => {
  const draft: RequestDraft = { ...draftOf(nothing), body: '{ "mine": 1 }', filter: "true" };
  const { draft: after } = followSaved(draft, nothing, { ...nothing, filter: "true" });
  expect(after.body).toBe('{ "mine": 1 }');
});

test("a draft needs a field where fields are chosen, and a name for each header once", () => {
  expect(problemsOf({ ...draftOf(nothing), bodyKind: "fields" })).toEqual([["fields", "request.fieldsNeeded"]]);
  const headers = [
    { name: "", value: "" },
    { name: "", value: "x" },
    { name: "X-Shop", value: "1" },
    { name: "x-shop ", value: "2" },
  ];
  expect(problemsOf({ ...draftOf(nothing), headers })).toEqual([
    ["headers.1.name", "request.headerNameNeeded"],
    ["headers.3.name", "request.headerTwice"],
  ]);
});

test("refusals are shown at the fields of the form", () => {
  const fieldOf = (field: string, line: number | null = null) =>
    atDraftFields([{ code: "INVALID_INPUT", field, line }], draftOf(saved))[0]?.field;
  expect(fieldOf("requestTemplate.body", 2)).toBe("body");
  expect(fieldOf("requestTemplate.fields.3")).toBe("fields");
  expect(fieldOf("requestTemplate.headers.X-Shop", 1)).toBe("headers.0.value");
  expect(fieldOf("requestTemplate.headers.X-Shop")).toBe("headers.0.name");
  expect(fieldOf("requestTemplate.headers.X-Other")).toBeNull();
  expect(fieldOf("filter", 1)).toBe("filter");
  expect(fieldOf("url")).toBe("path");
});
