import { Monitor, Moon, Sun } from "lucide-react";

export const colorSchemes = [
  { value: "light", messageId: "theme.light", Icon: Sun },
  { value: "dark", messageId: "theme.dark", Icon: Moon },
  { value: "auto", messageId: "theme.auto", Icon: Monitor },
] as const;
