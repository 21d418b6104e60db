import { builder } from "../builder.ts";
import { asPayload, payloadType } from "./user-error.ts";

/** What others may know of a person. */
export interface PublicUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The columns of that. */
export const PUBLIC_USER_SELECT = { id: true, name: true, email: true } as const;

export const UserRef = builder.objectRef<PublicUser>("User").implement({
  description: "A person who can sign in.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "UUID." }),
    name: t.exposeString("name", { description: "As the person wants to be called." }),
    email: t.exposeString("email", { description: "The address that the person signs in with, in lower case." }),
  }),
});

const UpdateProfileInput = builder.inputType("UpdateProfileInput", {
  description: "What a person decides about itself.",
  fields: (t) => ({ name: t.string({ required: true, description: "1 to 200 characters." }) }),
});

const UpdateProfilePayload = payloadType<{ user: PublicUser }>("UpdateProfilePayload", (t) => ({
  user: t.expose("user", { type: UserRef, nullable: true, description: "The person as it is now." }),
}));

builder.mutationField("updateProfile", (t) =>
  t.field({
    type: UpdateProfilePayload,
    description: "Changes the name of the person who is signed in.",
    args: { input: t.arg({ type: UpdateProfileInput, required: true }) },
    resolve: (_root, { input }, { actor, services }) =>
      asPayload(async () => ({ user: await services.useCases.accounts.updateProfile(actor, input) })),
  }),
);
