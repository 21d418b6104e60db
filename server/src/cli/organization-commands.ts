import type { Command } from "commander";
import { COMMAND_LINE, type RunCommand } from "./open-command-services.ts";

/** `vera organizations create|list` */
export function addOrganizationCommands(program: Command, run: RunCommand): void {
  const organizations = program.command("organizations").description("Organizations: the restaurants");

  organizations
    .command("create")
    .description("Creates an organization and prints its id.")
    .argument("<name>", "as its people call it")
    .action((name: string) =>
      run(async (services) => {
        const { id } = await services.organizations.create(COMMAND_LINE, { name });
        console.log(id);
      }),
    );

  organizations
    .command("list")
    .description("Lists all organizations.")
    .action(() =>
      run(async ({ prisma }) => {
        const found = await prisma.organization.findMany({ orderBy: { id: "asc" } });
        console.table(found.map(({ id, name, createdAt }) => ({ id, name, created: createdAt.toISOString() })));
      }),
    );
}
