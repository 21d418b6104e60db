import { expect, test } from "vitest";
import {
  type AuthenticationChoice,
  authenticationInput,
  authenticationSchema,
  authenticationValues,
  type SavedAuthentication,
} from "./authentication-form-values.ts";

const saved: SavedAuthentication = {
  type: "OAUTH2_CLIENT_CREDENTIALS",
  tokenUrl: "https://login.example.com/token",
  clientId: "vera",
  scope: null,
  clientAuthentication: "BODY",
  scheme: "Bearer",
};

test("a form begins with what is saved, and with no secret", () => {
  const { type, authentication } = authenticationValues(saved);
  expect(type).toBe("OAUTH2_CLIENT_CREDENTIALS");
  expect(authentication.oauth2ClientCredentials).toMatchObject({ clientId: "vera", clientSecret: "", scope: "" });
});

test("saving it unchanged sends no secret, so that the saved one stays", () => {
  expect(authenticationInput(authenticationValues(saved))).toEqual({
    oauth2ClientCredentials: {
      tokenUrl: "https://login.example.com/token",
      clientId: "vera",
      clientAuthentication: "BODY",
      scheme: "Bearer",
    },
  });
  expect(problems(saved, "OAUTH2_CLIENT_CREDENTIALS")).toEqual([]);
});

test.each([
  ["NONE", []],
  ["HEADER", ["header.name", "header.value"]],
  ["BASIC", ["basic.username"]],
  [
    "OAUTH2_CLIENT_CREDENTIALS",
    ["oauth2ClientCredentials.tokenUrl", "oauth2ClientCredentials.clientId", "oauth2ClientCredentials.clientSecret"],
  ],
  [
    "OAUTH2_REFRESH_TOKEN",
    [
      "oauth2RefreshToken.tokenUrl",
      "oauth2RefreshToken.clientId",
      "oauth2RefreshToken.clientSecret",
      "oauth2RefreshToken.refreshToken",
    ],
  ],
  ["BODY", ["body.credential"]],
] as const)("%s asks for all that it needs when nothing is saved", (type, fields) => {
  expect(problems(null, type).toSorted()).toEqual(fields.map((field) => `authentication.${field}`).toSorted());
});

test("secrets are asked for when the type changes", () => {
  expect(problems(saved, "OAUTH2_REFRESH_TOKEN")).toEqual([
    "authentication.oauth2RefreshToken.clientSecret",
    "authentication.oauth2RefreshToken.refreshToken",
  ]);
});

test("no login takes the saved one away", () => {
  expect(authenticationInput({ ...authenticationValues(saved), type: "NONE" })).toEqual({ none: true });
});

function problems(known: SavedAuthentication | null, type: AuthenticationChoice): readonly string[] {
  const { error } = authenticationSchema(known).safeParse({ ...authenticationValues(known), type });
  return (error?.issues ?? []).map(({ path }) => path.join("."));
}
