const repeat = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(" ");

/** Documents that would be dear to parse, to check or to run, by what is wrong with them. */
export function hostileDocuments(organizationId: string): Readonly<Record<string, string>> {
  return {
    "a query of 20,000 levels": `{ viewer ${"{ organizations { edges { node ".repeat(20_000)}`,
    "20,000 closed levels": `${"{ a ".repeat(20_000)}${"}".repeat(20_000)}`,
    "a list value of 20,000 levels": `{ viewer(a: ${"[".repeat(20_000)}${"]".repeat(20_000)}) { name } }`,
    "an object value of 20,000 levels": `{ viewer(a: ${"{a:".repeat(20_000)}1${"}".repeat(20_000)}) { name } }`,
    "a variable type of 20,000 levels": `query ($a: ${"[".repeat(20_000)}Int${"]".repeat(20_000)}) { viewer { name } }`,
    "10,000 aliases": `{ ${repeat(10_000, (index) => `a${index}: viewer { name }`)} }`,
    "600 aliases within the limit of tokens": `{ ${repeat(600, (index) => `a${index}: __typename`)} viewer { name } }`,
    "600 levels within the limit of tokens": `${"{ a ".repeat(600)}${"}".repeat(600)}`,
    "a list of 900 levels within the limit of tokens": `{ viewer(a: ${"[".repeat(900)}${"]".repeat(900)}) { name } }`,
    "fragments that spread each other": `{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }`,
    "a fragment that spreads itself": `{ viewer { ...A } } fragment A on Viewer { name ...A }`,
    "fragments that double each other": `{ viewer { ...F0 } } ${repeat(100, (index) => `fragment F${index} on Viewer { ...F${index + 1} ...F${index + 1} }`)} fragment F100 on Viewer { name }`,
    "1,000 directives": `{ viewer { name ${"@include(if: true) ".repeat(1000)} } }`,
    "300 directives that do not exist": `{ viewer { name ${"@nonsense ".repeat(300)} } }`,
    "a huge number of tokens": `{ viewer { ${"name ".repeat(100_000)} } }`,
    "a huge comment": `# ${"x".repeat(1_000_000)}\n{ viewer { nonsense } }`,
    "a huge name": `{ ${"x".repeat(1_000_000)} }`,
    "a huge string": `{ webhookConfig(id: "${"x".repeat(1_000_000)}") { nonsense } }`,
    "huge digits": `{ viewer { organizations(first: ${"9".repeat(100_000)}) { edges { cursor } } } }`,
    "many operations without a name to choose": repeat(500, (index) => `query Q${index} { __typename }`),
    "many conflicting fields": `{ viewer { ${repeat(400, (index) => `x: ${index % 2 === 0 ? "name" : "kind"}`)} } }`,
    "a circle of introspection": `{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } } }`,
    "deep relations": `{ deliveries(organizationId: "${organizationId}", first: 100) { edges { node { ${"event { deliveries { ".repeat(5)} id ${"} }".repeat(5)} } } } }`,
    "wide relations": `{ ${repeat(30, (index) => `a${index}: deliveries(organizationId: "${organizationId}", first: 100) { edges { node { event { deliveries { attempts { id } } } } } }`)} }`,
    "an empty document": "",
    "only a comment": "# nothing",
    NUL: "{ viewer { name \u0000 } }",
    "a lone surrogate": '{ webhookConfig(id: "\ud800") { nonsense } }',
    "an unknown character": "{ viewer { näme } }",
    "an unknown escape": '{ webhookConfig(id: "\\u{110000}") { id } }',
    "a subscription of two fields": `subscription { a: deliveryUpdates(organizationId: "${organizationId}") { cursor } b: deliveryUpdates(organizationId: "${organizationId}") { cursor } }`,
  };
}
