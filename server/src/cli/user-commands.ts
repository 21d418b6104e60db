import type { Command } from "commander";
import { COMMAND_LINE, type RunCommand } from "./open-command-services.ts";

/** `vera users reset-password` */
export function addUserCommands(program: Command, run: RunCommand): void {
  const users = program.command("users").description("People who sign in to the dashboard");

  users
    .command("reset-password")
    .description("Gives a person who is locked out a new password and prints it. It ends all sessions of that person.")
    .argument("<email>", "the address that the person signs in with")
    .action((email: string) =>
      run(async ({ resetPassword }) => {
        const { password } = await resetPassword(COMMAND_LINE, { email });
        console.error(`New password of ${email}, to be changed after signing in:`);
        console.log(password);
      }),
    );
}
