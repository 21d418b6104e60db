import type { MessageId } from "../../i18n/en.ts";

const lengthMax = 2_048;

/** Why the server would refuse a webhook's URL, as far as the text alone tells; the server looks at the address behind it, too. */
export function urlProblem(text: string): MessageId | null {
  if (text === "") return "form.required";
  if (text.length > lengthMax) return "webhookForm.urlTooLong";
  const url = URL.parse(text);
  if (url === null) return "webhookForm.urlInvalid";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "webhookForm.urlScheme";
  if (url.username !== "" || url.password !== "") return "webhookForm.urlCredentials";
  return null;
}

/** Whether it is only the beginning of what every URL begins with: too early to say what is wrong. */
export function isBeginningOfUrl(text: string): boolean {
  return "https://".startsWith(text) || "http://".startsWith(text);
}
