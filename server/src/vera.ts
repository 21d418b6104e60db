import { Command } from "commander";
import { addKeyCommands } from "./cli/key-commands.ts";
import { openCommandServices } from "./cli/open-command-services.ts";
import { addOrganizationCommands } from "./cli/organization-commands.ts";
import { addUserCommands } from "./cli/user-commands.ts";
import { DomainError } from "./domain/errors.ts";

/** `pnpm vera …`: what an operator does on the machine itself, with the service running or not. It reads the service's environment. */
const program = new Command("vera")
  .description("Administers VERA-QR Webhooks from the command line.")
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });
addKeyCommands(program, openCommandServices);
addOrganizationCommands(program, openCommandServices);
addUserCommands(program, openCommandServices);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof DomainError) {
    for (const { field, message } of error.problems) console.error(field === null ? message : `${field}: ${message}`);
  } else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
