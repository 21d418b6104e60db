import type { Plugin } from "graphql-yoga";

/** Errors do not guess at names ("Did you mean …?"): whoever may read the schema asks for it. */
export const withoutSuggestions: Plugin = {
  onValidate({ validateFn, setValidationFn }) {
    setValidationFn((schema, document, rules, options) =>
      validateFn(schema, document, rules, { ...options, hideSuggestions: true }),
    );
  },
  onExecute({ args }) {
    Object.assign(args, { hideSuggestions: true });
  },
  onSubscribe({ args }) {
    Object.assign(args, { hideSuggestions: true });
  },
};
