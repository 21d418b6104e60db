import { type Command, InvalidArgumentError } from "commander";
import { API_KEY_SCOPES } from "../access/actor.ts";
import { isUuid } from "../domain/uuid-v7.ts";
import { COMMAND_LINE, type RunCommand } from "./open-command-services.ts";

interface CreateOptions {
  readonly name: string;
  readonly organization?: string;
  readonly scopes: readonly string[];
  readonly expires?: Date;
}

/** `vera keys create|list|revoke` */
export function addKeyCommands(program: Command, run: RunCommand): void {
  const keys = program.command("keys").description("API keys: credentials for programs");

  keys
    .command("create")
    .description("Makes a key and prints it, and nothing else, on standard output. It is not shown again.")
    .requiredOption("--name <name>", "what the key is for")
    .option("--organization <id>", "the only organization that it reaches; without one it is an operator key", uuid)
    .option("--scopes <list>", `comma-separated: ${API_KEY_SCOPES.join(", ")}`, commaList, ["publish"])
    .option(
      "--expires <time>",
      "ISO 8601, for example 2027-01-31T00:00:00Z; without it the key does not expire",
      instant,
    )
    .action(({ name, organization, scopes, expires }: CreateOptions) =>
      run(async ({ apiKeys }) => {
        const input = { name, scopes, organizationId: organization ?? null, expiresAt: expires ?? null };
        const { apiKey, key } = await apiKeys.create(COMMAND_LINE, input);
        console.error(
          `Key ${apiKey.id} (${apiKey.scopes.join(", ")}) ${organization === undefined ? "for all organizations" : `for organization ${organization}`}:`,
        );
        console.log(key);
      }),
    );

  keys
    .command("list")
    .description("Lists the keys that work.")
    .option("--organization <id>", "only this organization's; without it those of all and the operator keys", uuid)
    .action(({ organization }: { readonly organization?: string }) =>
      run(async ({ prisma }) => {
        const found = await prisma.apiKey.findMany({
          where: {
            revokedAt: null,
            OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
            ...(organization !== undefined && { organizationId: organization }),
          },
          orderBy: { id: "asc" },
        });
        console.table(
          found.map((key) => ({
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes.join(", "),
            organization: key.organizationId ?? "(all)",
            "last used": key.lastUsedAt?.toISOString() ?? "never",
            expires: key.expiresAt?.toISOString() ?? "never",
          })),
        );
      }),
    );

  keys
    .command("revoke")
    .description("Ends a key. Running processes refuse it within 5 seconds, also on sockets that are open.")
    .argument("<id>", "the key's id, not the key itself")
    .action((id: string) =>
      run(async ({ apiKeys }) => {
        const { name } = await apiKeys.revoke(COMMAND_LINE, { id });
        console.log(`Key ${id} (${name}) is revoked.`);
      }),
    );
}

function uuid(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError("It must be a UUID.");
  return text.toLowerCase();
}

function commaList(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim());
}

function instant(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError("It must be an ISO 8601 time.");
  return time;
}
