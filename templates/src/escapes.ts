const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For Slack's mrkdwn: without these three nothing can be a link, a mention or `<!channel>`. */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/g, (character) => HTML[character] ?? character);
}

/** For text and attributes of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML[character] ?? character);
}

/** For Markdown as Discord and Teams read it: what would format, link or mention is shown as it is written. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~@:]/g, "\\$&");
}
