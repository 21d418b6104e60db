import { test } from "vitest";
import { GraphQLError } from "graphql";
import { PothosValidationError } from "@pothos/core";
test("x", async () => { console.log("RESULT", new PothosValidationError("x") instanceof GraphQLError); });
